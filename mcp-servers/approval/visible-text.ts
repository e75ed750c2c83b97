import { raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/**
 * Text from anywhere as HTML that shows what is really there: markup is escaped; control, bidirectional, zero-width and
 * private-use characters appear as their code instead of acting.
 */
export function visibleText(text: string): HtmlEscapedString {
  const shown = text
    .replaceAll(/[&<>"']/g, (character) => escapes[character] ?? '')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, (character) => {
      const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
      return `<span class="code">U+${code}</span>`
    })
  return raw(shown)
}
