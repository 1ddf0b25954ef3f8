import type { EntryContent } from '#domain/entry.ts'

/**
 * The version of the words by which consent is asked. A test holds a hash of these words in every language: whoever changes
 * them raises this number, so that an entry says for ever what its author was shown.
 */
export const consentWordingVersion = 2

/** What people agree to one by one. Nothing is agreed to that was not asked. */
export const consentUses = ['consentQuote', 'consentPhoto', 'consentPlace'] as const
export type ConsentUse = (typeof consentUses)[number]

/** Whether somebody was asked and said yes, so that each use can be asked for. */
export function isAgreed(basis: unknown): boolean {
  return basis === 'verbal' || basis === 'written' || basis === 'guardian'
}

const children = ['INF', 'CHI']

/**
 * Whether the yes that was given is one to a photo: where children are among those that an entry is about, a parent or guardian gives it and nobody else. Where nobody can be
 * recognised, nobody is asked.
 */
export function isYesToPhotos({ consentBasis, focusGroup }: { readonly consentBasis?: unknown; readonly focusGroup?: unknown }): boolean {
  const isOfChildren = Array.isArray(focusGroup) && focusGroup.some((group) => children.includes(String(group)))
  return !isOfChildren || consentBasis === 'guardian' || consentBasis === 'no_person'
}

/**
 * Whether a place may be told closer than by its region. Where nobody could be asked, a yes from before is none; a place that came without a
 * question about it (an import) is as its source gave it.
 */
export function mayPlaceBeTold({ consentPlace, consentBasis }: Pick<EntryContent, 'consentPlace' | 'consentBasis'>): boolean {
  return consentPlace !== false && !(consentPlace === true && consentBasis === 'not_asked')
}

/** What says more of a place than its region. */
export const finePlace = ['placeName', 'lat', 'lon', 'geoPrecisionM', 'adm2Code'] as const

/** What its author has taken out of an entry since it was cited: what somebody said, and where exactly it was. */
export function takenOut(cited: EntryContent, newest: EntryContent): ReadonlySet<string> {
  const isOut = (field: 'quote' | 'quoteRole' | (typeof finePlace)[number]) => cited[field] !== undefined && newest[field] === undefined
  // Who said something goes with what was said.
  return new Set([...(isOut('quote') ? ['quote', 'quoteRole'] : []), ...(isOut('quoteRole') ? ['quoteRole'] : []), ...finePlace.filter(isOut)])
}

/**
 * A cited revision under the consent of today. What was taken back since it was approved is taken back at once, without
 * waiting for somebody to read the entry again; what was agreed to since waits for that.
 */
export function underNewestConsent(cited: EntryContent, newest: EntryContent): EntryContent {
  const isNobodyAsked = newest.consentBasis === 'not_asked'
  const takenBack = consentUses.filter((use) => cited[use] !== false && (newest[use] === false || (isNobodyAsked && cited[use] === true)))
  const basis = isNobodyAsked ? { consentBasis: newest.consentBasis } : {}
  // What its author has taken out is taken back like a consent.
  const out = takenOut(cited, newest)
  const left = out.size === 0 ? cited : (Object.fromEntries(Object.entries(cited).filter(([field]) => !out.has(field))) as EntryContent)
  const kept = cited.photos?.filter(({ sha256 }) => hasPhoto(newest, sha256))
  return { ...left, ...basis, ...(kept === undefined ? {} : { photos: kept }), ...Object.fromEntries(takenBack.map((use) => [use, false])) }
}

export function hasPhoto({ photos = [] }: Pick<EntryContent, 'photos'>, photo: string): boolean {
  return photos.some(({ sha256 }) => sha256 === photo)
}
