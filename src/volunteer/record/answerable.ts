import type { Device, LocalEntry } from '#device/device.ts'
import type { DraftContent } from '#domain/entry.ts'
import type { EntryId } from '#domain/ids.ts'

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
}

const maxListed = 30

/** Challenges of the same country, those of the same topic first, then the newest. */
export function answerableFor(content: DraftContent, mine: readonly LocalEntry[], digests: readonly Digest[]): readonly Answerable[] {
  const own = mine.filter(({ state }) => state.kind === 'challenge' && state.review !== 'withdrawn' && state.content.country === content.country).map(ownAnswerable)
  const known = new Set(own.map(({ id }) => id))
  const others = digests.filter((digest) => digest.country === content.country && !known.has(digest.entryId)).map(digestAnswerable)
  return [...own, ...others].sort((a, b) => rank(b, content) - rank(a, content) || b.observedOn.localeCompare(a.observedOn)).slice(0, maxListed)
}

function rank(challenge: Answerable, content: DraftContent): number {
  const isNear = challenge.place !== undefined && (challenge.place === content.placeName || challenge.place === content.adm1Name)
  return (challenge.topic === content.topic ? 2 : 0) + (isNear ? 1 : 0)
}

function ownAnswerable({ state }: LocalEntry): Answerable {
  const { content } = state
  return { id: state.id, ref: state.ref, topic: content.topic, place: content.placeName ?? content.adm1Name, text: content.description ?? '', observedOn: content.observedOn, isMine: true }
}

function digestAnswerable(digest: Digest): Answerable {
  return { id: digest.entryId, ref: digest.ref, topic: digest.topic, place: digest.place ?? digest.adm1 ?? undefined, text: digest.text, observedOn: digest.observedOn, isMine: false }
}
