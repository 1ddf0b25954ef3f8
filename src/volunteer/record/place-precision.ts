import type { Draft } from '#device/device.ts'
import { isShareable, noPoint, offeredPrecision, sensitivityOf } from '#domain/disclosure.ts'
import type { PlacePrecision } from '#domain/disclosure.ts'
import type { DraftContent, EntryContent } from '#domain/entry.ts'

/** Takes away all that says more of a place than its region. */
export const noFinePlace = { placeName: undefined, adm2Code: undefined, ...noPoint } as const

/** What its author chose; before that, what the topic and the groups ask for, unless a finer place was given before they did. */
export function precisionOf({ content, placePrecision }: Pick<Draft, 'content' | 'placePrecision'>): PlacePrecision {
  if (placePrecision !== undefined) return placePrecision
  return hasFinePlace(content) ? 'km' : offeredPrecision(sensitivityOfDraft(content))
}

/** The place was given before the topic or a group made it a danger: the author is asked once. */
export function isPlaceAtRisk({ content, placePrecision }: Pick<Draft, 'content' | 'placePrecision'>): boolean {
  return placePrecision === undefined && hasFinePlace(content) && !isShareable(sensitivityOfDraft(content))
}

/** Whether it says more of the place than its region. */
export function hasFinePlace(content: DraftContent): boolean {
  return (content.placeName ?? content.adm2Code ?? content.lat) !== undefined
}

/** As of what has been said so far: what is still missing raises nothing. */
function sensitivityOfDraft(content: DraftContent) {
  return sensitivityOf({ content: content as unknown as EntryContent, corrections: {} })
}
