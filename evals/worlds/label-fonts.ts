import { createRequire } from 'node:module'

/** The faces that generated labels are set in: grotesques, condensed ones and typewriter-like ones. */
export interface Face {
  family: string
  /** Rough width of a capital in em, for fitting text into its place. */
  capitalEm: number
  mono: boolean
}

export const faces: readonly [Face, ...Face[]] = [
  { family: 'Arimo', capitalEm: 0.66, mono: false },
  { family: 'Roboto Condensed', capitalEm: 0.55, mono: false },
  { family: 'IBM Plex Sans', capitalEm: 0.65, mono: false },
  { family: 'Barlow', capitalEm: 0.61, mono: false },
  { family: 'Cousine', capitalEm: 0.61, mono: true },
  { family: 'Inconsolata', capitalEm: 0.51, mono: true },
  { family: 'IBM Plex Mono', capitalEm: 0.61, mono: true },
]

const { resolve } = createRequire(import.meta.url)

export const fontFiles: string[] = [
  ['arimo', 'Arimo'],
  ['roboto-condensed', 'RobotoCondensed'],
  ['ibm-plex-sans', 'IBMPlexSans'],
  ['barlow', 'Barlow'],
  ['cousine', 'Cousine'],
  ['inconsolata', 'Inconsolata'],
  ['ibm-plex-mono', 'IBMPlexMono'],
].flatMap(([folder, name]) =>
  ['400Regular', '700Bold'].map((weight) =>
    resolve(`@expo-google-fonts/${folder}/${weight}/${name}_${weight}.ttf`),
  ),
)
