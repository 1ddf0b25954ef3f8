import type { Change } from '#domain/change.ts'
import type { Sha256 } from '#domain/ids.ts'

/** The files that a change names: photos, their thumbnails, the voice note. A file is invisible until a change names it. */
export function namedFiles(change: Change): readonly Sha256[] {
  if (change.type === 'record') return filesIn(change.body.content)
  if (change.type === 'revise') return filesIn(change.body.set)
  return []
}

/** Works on any fields, whole content or patch: `photos` and `audio` have been checked by their schemas before. */
export function filesIn(fields: Readonly<Record<string, unknown>>): readonly Sha256[] {
  const photos: readonly unknown[] = Array.isArray(fields['photos']) ? fields['photos'] : []
  return [...photos, ...photos.map((photo) => memberOf(photo, 'thumb')), fields['audio']].flatMap((file) => {
    const sha256 = memberOf(file, 'sha256')
    return typeof sha256 === 'string' ? [sha256 as Sha256] : []
  })
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}
