/** The part of libheif-js 1.23 that is used; the package has no types of its own. */
declare module 'libheif-js/wasm-bundle.js' {
  interface HeifPicture {
    get_width(): number
    get_height(): number
    display(
      into: { data: Uint8ClampedArray; width: number; height: number },
      done: (filled: { data: Uint8ClampedArray } | null) => void,
    ): void
    free(): void
  }
  const libheif: { HeifDecoder: new () => { decode(file: Uint8Array): HeifPicture[] } }
  export default libheif
}
