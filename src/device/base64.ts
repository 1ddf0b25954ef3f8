const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** RFC 4648, section 4. Written out, because this layer has neither btoa nor Buffer. */
export function bytesToBase64(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3)
    const digits = `${digit(a >> 2)}${digit(((a & 3) << 4) | (b >> 4))}${digit(((b & 15) << 2) | (c >> 6))}${digit(c & 63)}`
    const missing = Math.max(0, i + 3 - bytes.length)
    parts.push(digits.slice(0, 4 - missing) + '='.repeat(missing))
  }
  return parts.join('')
}

/** RFC 4648, section 5, without padding. */
export function bytesToBase64Url(bytes: Uint8Array): string {
  return bytesToBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** The UTF-8 bytes of well-formed text. */
export function utf8Bytes(text: string): Uint8Array {
  const bytes: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x80) bytes.push(code)
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), continued(code, 0))
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), continued(code, 6), continued(code, 0))
    else bytes.push(0xf0 | (code >> 18), continued(code, 12), continued(code, 6), continued(code, 0))
  }
  return Uint8Array.from(bytes)
}

function digit(value: number): string {
  return alphabet.charAt(value)
}

function continued(code: number, shift: number): number {
  return 0x80 | ((code >> shift) & 63)
}
