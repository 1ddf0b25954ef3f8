import type { Device, LocalEntry } from '#device/device.ts'
import type { DraftContent } from '#domain/entry.ts'
import type { EntryId } from '#domain/ids.ts'
import { distanceKm, nearnessOf, nearnesses } from '#domain/nearness.ts'
import type { Nearness, Whereabouts } from '#domain/nearness.ts'

type Digest = NonNullable<ReturnType<Device['digests']['get']>>[number]

/** A challenge that an action may answer: one of the author's own, or an approved one of others in coarse form. */
export interface Answerable {
  readonly id: EntryId
  readonly ref: string | null
  readonly topic: string
  readonly place: string | undefined
  readonly text: string
  readonly observedOn: string
  readonly isMine: boolean
  readonly nearness: Nearness
  /** As the crow flies, where both have a point. */
  readonly km: number | null
}

const maxListed = 30

/**
 * Challenges from the place itself first, then from near it, then from the country; among equals those of the same topic, then the nearer, then
 * the newer. What is chosen stays on the list wherever the action is said to be afterwards: nothing is saved that cannot be seen and taken away.
 */
export function answerableFor(content: DraftContent, mine: readonly LocalEntry[], digests: readonly Digest[], chosen: ReadonlySet<EntryId> = new Set()): readonly Answerable[] {
  const here = whereaboutsOf(content)
  const isChosen = ({ id }: { readonly id: EntryId }): boolean => chosen.has(id)
  const own = mine.filter(({ state }) => state.kind === 'challenge' && (state.review !== 'withdrawn' || isChosen(state))).map((entry) => ownAnswerable(entry, here))
  const known = new Set(own.map(({ id }) => id))
  const others = digests.filter((digest) => !known.has(digest.entryId)).map((digest) => digestAnswerable(digest, here))
  const topicRank = ({ topic }: Answerable): number => (topic === content.topic ? 0 : 1)
  const listed = [...own, ...others].filter((one) => one.nearness !== 'far' || isChosen(one)).sort((a, b) =>
    nearnesses.indexOf(a.nearness) - nearnesses.indexOf(b.nearness) || topicRank(a) - topicRank(b) || (a.km ?? Infinity) - (b.km ?? Infinity) || b.observedOn.localeCompare(a.observedOn))
  const shown = new Set([...listed.filter(isChosen), ...listed.filter((one) => !isChosen(one))].slice(0, maxListed))
  return listed.filter((one) => shown.has(one))
}

function ownAnswerable({ state }: LocalEntry, here: Whereabouts): Answerable {
  const { content } = state
  const there = whereaboutsOf(content)
  return { id: state.id, ref: state.ref, topic: content.topic, place: content.placeName ?? content.adm1Name, text: content.description ?? '', observedOn: content.observedOn, isMine: true, nearness: nearnessOf(here, there), km: distanceKm(here, there) }
}

function digestAnswerable(digest: Digest, here: Whereabouts): Answerable {
  const there: Whereabouts = { country: digest.country, region: digest.adm1 ?? undefined, place: digest.place, lat: digest.lat, lon: digest.lon }
  return { id: digest.entryId, ref: digest.ref, topic: digest.topic, place: digest.place ?? digest.adm1 ?? undefined, text: digest.text, observedOn: digest.observedOn, isMine: false, nearness: nearnessOf(here, there), km: distanceKm(here, there) }
}

/** Of a draft or an entry. A digest names its region by code where there is one, else by name. */
function whereaboutsOf({ country, adm1Code, adm1Name, placeName, lat, lon }: DraftContent): Whereabouts {
  return { country: textOf(country), region: textOf(adm1Code) ?? textOf(adm1Name), place: textOf(placeName), lat: degreesOf(lat), lon: degreesOf(lon) }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function degreesOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}
