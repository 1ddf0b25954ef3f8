import type { Locale } from '#i18n/locale.ts'

/** Part of every platform that Terrain runs on, and as pure as the rest; the compiler knows it only where there is more. */
declare const TextDecoder: new (encoding: string, options: { readonly fatal: boolean }) => { readonly decode: (bytes: Uint8Array) => string }

/** What programs write that do not write Unicode: Western European, Cyrillic, Arabic and Chinese. No byte of such a file says which it is. */
export const oldEncodings = ['windows-1252', 'windows-1251', 'windows-1256', 'gb18030'] as const
export type OldEncoding = (typeof oldEncodings)[number]

/** The text of a file; `guessed` where the file does not say how its letters are written, with words by which a person sees whether it is so. */
export interface FileText {
  readonly text: string
  readonly guessed?: { readonly encoding: OldEncoding; readonly sample: string }
}

const marked = [[[0xef, 0xbb, 0xbf], 'utf-8'], [[0xff, 0xfe], 'utf-16le'], [[0xfe, 0xff], 'utf-16be']] as const

/** What people at a desk of this language are likely to have, and then the others. */
export function encodingsFor(locale: Locale): readonly OldEncoding[] {
  const likely: OldEncoding = locale === 'ru' ? 'windows-1251' : locale === 'ar' ? 'windows-1256' : locale === 'zh' ? 'gb18030' : 'windows-1252'
  return [likely, ...oldEncodings.filter((encoding) => encoding !== likely)]
}

/**
 * A file's letters as they were written: by its byte order mark, else as UTF-8, else by the first of these encodings that gives text. Null for
 * what is none: a letter that was read wrongly is worse than a file that was not.
 */
export function fileText(bytes: Uint8Array, encodings: readonly OldEncoding[]): FileText | null {
  const mark = marked.find(([start]) => start.every((byte, index) => bytes[index] === byte))
  const sure = decoded(bytes, mark?.[1] ?? 'utf-8')
  if (sure !== null) return { text: sure }
  if (mark !== undefined) return null
  for (const encoding of encodings) {
    const text = decoded(bytes, encoding)
    // Control characters that nobody types: the bytes are of another encoding.
    if (text !== null && !/[\u0080-\u009f]/.test(text)) return { text, guessed: { encoding, sample: sampleOf(text) } }
  }
  return null
}

/** Null where bytes cannot be of this encoding, or are no text at all. */
function decoded(bytes: Uint8Array, encoding: string): string | null {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return text.includes('\u0000') ? null : text
  } catch {
    return null
  }
}

/** The first cell that has letters beyond ASCII, where a wrong guess shows. */
function sampleOf(text: string): string {
  const [cell = ''] = /[^\r\n,;\t"]{0,40}[^\u0000-\u007f][^\r\n,;\t"]{0,40}/.exec(text) ?? []
  return cell.trim()
}
