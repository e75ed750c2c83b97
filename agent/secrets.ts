/** Every form in which a secret can turn up in a log line: as it is, in URLs, in JSON, in base64. */
function formsOf(secret: string): string[] {
  const quoted = JSON.stringify(secret).slice(1, -1)
  const bytes = Buffer.from(secret)
  return [secret, encodeURIComponent(secret), quoted, bytes.toString('base64'), bytes.toString('base64url')]
}

/** Short values would blot out ordinary words. */
const secretCharactersMin = 6

/** Replaces every form of every secret; for anything that leaves the process as text. `secrets` may grow. */
export function scrubber(secrets: readonly string[]): (text: string) => string {
  let forms: string[] = []
  let known = 0
  return (text) => {
    if (secrets.length !== known) {
      known = secrets.length
      forms = secrets
        .filter((secret) => secret.length >= secretCharactersMin)
        .flatMap(formsOf)
        .sort((a, b) => b.length - a.length)
    }
    return forms.reduce((scrubbed, form) => scrubbed.replaceAll(form, '[secret]'), text)
  }
}
