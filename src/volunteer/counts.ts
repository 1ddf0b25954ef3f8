import type { Words } from '#volunteer/words.ts'

export interface Counts {
  readonly entries?: number | undefined
  readonly photos?: number | undefined
  readonly voices?: number | undefined
}

/** What there is, kind by kind, with "and" before the last: a voice note is no photo. Nothing says that there is no entry. */
export function sayCounts({ say, format }: Pick<Words, 'say' | 'format'>, { entries = 0, photos = 0, voices = 0 }: Counts): string {
  const said = [
    ...(entries > 0 || photos + voices === 0 ? [say('count.entries', { count: entries })] : []),
    ...(photos > 0 ? [say('count.photos', { count: photos })] : []),
    ...(voices > 0 ? [say('count.voices', { count: voices })] : []),
  ]
  return format.list(said)
}

/** Files are counted with the voice notes among them. */
export function filesByKind(files: number, voices = 0): Counts {
  return { photos: files - voices, voices }
}
