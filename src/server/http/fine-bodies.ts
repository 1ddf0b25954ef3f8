import { ProblemError } from '#server/http/problem-error.ts'

/** Lists, objects and their members, or cells: twenty columns of a hundred thousand rows. Each takes many times its byte in memory. */
export const mostPieces = 2_000_000
export const mostLines = 300_000

const [quote, backslash, newline] = [0x22, 0x5c, 0x0a]
const ofJson: ReadonlySet<number> = new Set([...'{[,'].map((sign) => sign.charCodeAt(0)))
const ofTables: ReadonlySet<number> = new Set([...',;\t\n\r'].map((sign) => sign.charCodeAt(0)))

/**
 * Refuses a file that would become more pieces than a process has room for: a hundred megabytes of brackets, which travel packed in a hundred
 * kilobytes, end it. Photos within are long texts, which are one piece each.
 */
export function refuseTooFine(bytes: Uint8Array, kind: 'json' | 'table'): void {
  if ((kind === 'json' ? piecesOfJson(bytes) : piecesOfTable(bytes)) > mostPieces) throw new ProblemError('too-large')
}

function piecesOfJson(bytes: Uint8Array): number {
  let [count, isText] = [0, false]
  for (let at = 0; at < bytes.length && count <= mostPieces; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte === quote) isText = !isText
    else if (isText && byte === backslash) at += 1
    else if (!isText && ofJson.has(byte)) count += 1
  }
  return count
}

/** Lines are lists of their own. */
function piecesOfTable(bytes: Uint8Array): number {
  let [count, lines] = [0, 0]
  for (let at = 0; at < bytes.length && count <= mostPieces && lines <= mostLines; at += 1) {
    const byte = bytes[at] ?? 0
    if (ofTables.has(byte)) count += 1
    if (byte === newline) lines += 1
  }
  return lines > mostLines ? Infinity : count
}
