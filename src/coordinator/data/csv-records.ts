/** How many records a CSV text holds (RFC 4180): line breaks inside quotes do not count, nor does a last empty line. */
export function countRecords(text: string): number {
  let count = 0
  let isQuoted = false
  let hasContent = false
  for (const character of text.replace(/^\uFEFF/, '')) {
    if (character === '"') isQuoted = !isQuoted
    if (character === '\n' && !isQuoted) {
      if (hasContent) count += 1
      hasContent = false
    } else if (character !== '\r') {
      hasContent = true
    }
  }
  return hasContent ? count + 1 : count
}
