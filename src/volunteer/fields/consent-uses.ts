import { consentUses, consentWordingVersion, isAgreed, isYesToPhotos } from '#domain/consent.ts'
import type { ConsentUse } from '#domain/consent.ts'
import type { DraftContent } from '#domain/entry.ts'

/** What may be asked of the people: each use only where it can happen. */
export function usesOf(content: DraftContent): readonly ConsentUse[] {
  const photo = hasPhotos(content)
  if (content.consentBasis === 'no_person') return photo ? ['consentPhoto'] : []
  return isAgreed(content.consentBasis) ? consentUses.filter((use) => use !== 'consentPhoto' || (photo && isYesToPhotos(content))) : []
}

export function mayQuote(content: DraftContent): boolean {
  return content.consentQuote === true && content.consentBasis !== 'not_asked'
}

export function hasPhotos({ photos }: DraftContent): boolean {
  return Array.isArray(photos) && photos.length > 0
}

/** A new answer to the first question takes all others back: they were given under another one. */
export function usesAfter(content: DraftContent, basis: unknown): Readonly<Record<string, unknown>> {
  const photo = hasPhotos(content) ? false : undefined
  // Where nobody can be recognised there is nobody to ask: the place stays as coarse as it was chosen.
  if (basis === 'no_person') return { consentQuote: undefined, quote: undefined, quoteRole: undefined, consentPhoto: photo, consentPlace: undefined }
  return { consentQuote: false, quote: undefined, quoteRole: undefined, consentPhoto: photo, consentPlace: false }
}

/**
 * The same on a saved entry. Who corrects in what way somebody agreed has still asked them; where nobody was asked, or nobody is there, no yes of
 * before is one.
 */
export function usesCorrected(content: DraftContent, basis: unknown): Readonly<Record<string, unknown>> {
  return basis === undefined || basis === content.consentBasis || isAgreed(basis) ? {} : usesAfter(content, basis)
}

/**
 * What a draft lacks when it is saved: a use that was never asked for is a no. A photo that came after the question was not asked about.
 */
export function consentAtSave(content: DraftContent, lang: string): Readonly<Record<string, unknown>> {
  const photo = hasPhotos(content) ? { consentPhoto: isYesToPhotos(content) && (content.consentPhoto ?? false) } : { consentPhoto: undefined }
  const quote = mayQuote(content) ? {} : { quote: undefined, quoteRole: undefined }
  const wording = content.consentWording === undefined ? { consentWording: { version: consentWordingVersion, lang } } : {}
  return { ...photo, ...quote, ...wording }
}
