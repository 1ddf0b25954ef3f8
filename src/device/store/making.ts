import type { ChangeBody, ChangeType } from '#domain/change.ts'
import type { Chance, ChangeId, Clock, EntryId, Instant } from '#domain/ids.ts'
import { createChangeId, instantOf } from '#domain/new-ids.ts'
import { bytesToBase64Url } from '#device/base64.ts'
import { wellFormed } from '#device/store/well-formed.ts'

/** What a new change is made from besides its words. */
export interface Making {
  readonly clock: Clock
  readonly chance: Chance
  readonly appVersion: string
}

/** A change before it has its place in the device's chain. */
export interface NewChange<Type extends ChangeType = ChangeType> {
  readonly v: 1
  readonly id: ChangeId
  readonly entryId: EntryId
  readonly type: Type
  readonly base: ChangeId | null
  readonly body: ChangeBody<Type>
  readonly salt: string
  readonly recordedAt: Instant
  readonly appVersion: string
}

export interface Step<Type extends ChangeType> {
  readonly entryId: EntryId
  readonly type: Type
  readonly base: ChangeId | null
  readonly body: ChangeBody<Type>
}

/** Made before the transaction, so that a second try of the same save writes the same change. */
export function newChange<Type extends ChangeType>({ clock, chance, appVersion }: Making, step: Step<Type>): NewChange<Type> {
  return {
    v: 1, id: createChangeId(clock, chance), entryId: step.entryId, type: step.type, base: step.base,
    // Well-formed text in the same shape, so the type still holds.
    body: wellFormed(step.body) as ChangeBody<Type>,
    salt: bytesToBase64Url(chance.bytes(16)), recordedAt: instantOf(clock), appVersion,
  }
}
