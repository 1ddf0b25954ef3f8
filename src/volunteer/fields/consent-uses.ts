import { consentUses, consentWordingVersion, isAgreed } from '#domain/consent.ts'
import type { ConsentUse } from '#domain/consent.ts'
import type { DraftContent } from '#domain/entry.ts'

/** What may be asked of the people: each use only where it can happen. */
export function usesOf(content: DraftContent): readonly ConsentUse[] {
  const photo = hasPhotos(content)
  if (content.consentBasis === 'no_person') return photo ? ['consentPhoto'] : []
  return isAgreed(content.consentBasis) ? consentUses.filter((use) => use !== 'consentPhoto' || photo) : []
}

export function hasPhotos({ photos }: DraftContent): boolean {
  return Array.isArray(photos) && photos.length > 0
}

/**
 * What a draft lacks when it is saved: a use that was never asked for is a no. A photo that came after the question was not asked about.
 */
export function consentAtSave(content: DraftContent, lang: string): Readonly<Record<string, unknown>> {
  const photo = hasPhotos(content) ? { consentPhoto: content.consentPhoto ?? false } : { consentPhoto: undefined }
  const wording = content.consentWording === undefined ? { consentWording: { version: consentWordingVersion, lang } } : {}
  return { ...photo, ...wording }
}
