/** A text without the signs that XML cannot hold (XML 1.0, 2.2): a single one in somebody's words, and nobody can open the document or draw the picture. */
export function xmlText(text: string): string {
  return text.replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
}
