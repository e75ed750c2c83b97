import { useMemo, useState } from 'react'
import { Chat } from './chat/chat.tsx'
import { LinkBanner } from './house/link-banner.tsx'
import { claimIn, type Place, PlaceContext, placeIn } from './house/place.ts'
import { Rail } from './house/rail.tsx'
import { SidePanel } from './house/side-panel.tsx'
import { Tabs } from './house/tabs.tsx'
import { TopBar } from './house/top-bar.tsx'
import { UnknownTag } from './house/unknown-tag.tsx'

/** Layout only: rail, chat, what is open beside it; on a phone one of them at a time. */
export function App() {
  const [place, setPlace] = useState<Place>(() => placeIn(location.search))
  const [claim, setClaim] = useState(() => claimIn(location.pathname))
  const whereabouts = useMemo(() => {
    const forgetAddress = () => history.replaceState(null, '', '/')
    return {
      place,
      go(next: Place) {
        if (location.search !== '') forgetAddress()
        setPlace(next)
      },
      claim,
      dropClaim() {
        forgetAddress()
        setClaim(null)
      },
    }
  }, [place, claim])
  return (
    <PlaceContext value={whereabouts}>
      <div className={`app ${place.kind === 'chat' ? '' : 'app-with-panel'}`}>
        <Rail />
        <main className="main">
          <h1 className="sr-only">HWLab</h1>
          <div className="talk">
            <TopBar />
            <LinkBanner />
            <UnknownTag />
            <Chat />
          </div>
          <SidePanel />
        </main>
        <Tabs />
      </div>
    </PlaceContext>
  )
}
