import { useState } from 'react'
import { Chat } from './chat/chat.tsx'
import { LinkBanner } from './house/link-banner.tsx'
import { type Place, PlaceContext, placeIn } from './house/place.ts'
import { Rail } from './house/rail.tsx'
import { SidePanel } from './house/side-panel.tsx'
import { Tabs } from './house/tabs.tsx'
import { TopBar } from './house/top-bar.tsx'
import { UnknownTag } from './house/unknown-tag.tsx'

/** Layout only: rail, chat, what is open beside it; on a phone one of them at a time. */
export function App() {
  const [place, setPlace] = useState<Place>(() => placeIn(location.search))
  return (
    <PlaceContext value={{ place, go: setPlace }}>
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
