import { ProblemError } from '#server/http/problem-error.ts'

/** Lists, objects and their members, or cells: twenty columns of a hundred thousand rows. Each takes many times its byte in memory. */
export const mostPieces = 2_000_000
export const mostLines = 300_000

const [quote, backslash, newline] = [0x22, 0x5c, 0x0a]
const ofJson: ReadonlySet<number> = new Set([...'{[,'].map((sign) => sign.charCodeAt(0)))
const ofTables: ReadonlySet<number> = new Set([...',;\t\n\r'].map((sign) => sign.charCodeAt(0)))

/**
 * Refuses a file that would become more pieces than a process has room for: a hundred megabytes of brackets, which travel packed in a hundred
 * kilobytes, end it. Photos within are long texts, which are one piece each. Its letters are looked at and not its bytes, as whoever parses it does:
 * in UTF-16 half a letter may look like a quotation mark, behind which nothing would be counted.
 */
export function refuseTooFine(text: string, kind: 'json' | 'table'): void {
  if ((kind === 'json' ? piecesOfJson(text) : piecesOfTable(text)) > mostPieces) throw new ProblemError('too-large')
}

function piecesOfJson(text: string): number {
  let [count, isText] = [0, false]
  for (let at = 0; at < text.length && count <= mostPieces; at += 1) {
    const letter = text.charCodeAt(at)
    if (letter === quote) isText = !isText
    else if (isText && letter === backslash) at += 1
    else if (!isText && ofJson.has(letter)) count += 1
  }
  return count
}

/** Lines are lists of their own. */
function piecesOfTable(text: string): number {
  let [count, lines] = [0, 0]
  for (let at = 0; at < text.length && count <= mostPieces && lines <= mostLines; at += 1) {
    const letter = text.charCodeAt(at)
    if (ofTables.has(letter)) count += 1
    if (letter === newline) lines += 1
  }
  return lines > mostLines ? Infinity : count
}
