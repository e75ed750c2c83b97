import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'

const mediaTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.map': 'application/json',
}

/** Files of the built ui. Names with a hash in them may be kept by the browser for ever. */
export async function staticFile(folder: string, path: string): Promise<Response | null> {
  const relative = normalize(decodedPath(path))
  const type = mediaTypes[extname(relative)]
  const full = join(folder, relative)
  if (!type || !full.startsWith(folder + sep)) return null
  try {
    const bytes = await readFile(full)
    const cache = relative.includes(`${sep}assets${sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache'
    return new Response(new Uint8Array(bytes), { headers: { 'content-type': type, 'cache-control': cache } })
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR'))
      return null
    throw error
  }
}

function decodedPath(path: string): string {
  try {
    const decoded = decodeURIComponent(path)
    return decoded.includes('\0') ? '/' : decoded
  } catch {
    return '/'
  }
}
