import * as v from 'valibot'
import { changeEnvelopeSchema } from '#domain/change.ts'
import type { ChangeEnvelope } from '#domain/change.ts'
import type { Sensitivity } from '#domain/codes/code-lists.ts'
import { digestSource, disclosedContent, sensitivityOf } from '#domain/disclosure.ts'
import type { EntryState } from '#domain/entry-state.ts'
import { correctedContent } from '#domain/fold-correction.ts'
import type { Role } from '#protocol/membership.ts'
import type { Digest, PullItem } from '#protocol/sync.ts'
import { may } from '#server/policies/abilities.ts'
import type { StoredChange } from '#server/store/store.ts'

/** A stored change for somebody who may see its entry; null when it cannot be read (the quarantine list shows that it exists). */
export function presentPulledChange(stored: StoredChange, { actor, name }: { readonly actor: { readonly role: Role }; readonly name: string | undefined }): PullItem | null {
  const { seq, id, entryId, changeHash, erasedAt } = stored
  if (erasedAt !== null) return id === null || entryId === null ? null : { seq, erased: { id, entryId, changeHash, erasedAt } }
  const envelope = v.safeParse(changeEnvelopeSchema, jsonOf(stored.text))
  if (!envelope.success) return null
  const change = may(actor, 'review') ? envelope.output : withoutGrades(envelope.output)
  return {
    seq, deviceId: stored.deviceId, memberId: stored.memberId, ...(name === undefined ? {} : { memberName: name }), receivedAt: stored.receivedAt,
    ...(stored.ref === null ? {} : { ref: stored.ref }), ...(stored.quarantined === null ? {} : { quarantined: stored.quarantined }), change,
  }
}

/** An approved challenge as other volunteers see it, coarse; null when it is not (or no longer) to be shown. */
export function presentDigest(entry: EntryState, campaignDefault: Sensitivity): Digest | null {
  const source = digestSource(entry, campaignDefault)
  if (source === null || entry.ref === null) return null
  const content = disclosedContent(correctedContent(source), { sensitivity: sensitivityOf(source, campaignDefault), purpose: 'digest' })
  if (content === null) return null
  const { topic, country, adm1Code, adm1Name, placeName, lat, lon, observedOn, description } = content
  return {
    entryId: entry.id, ref: entry.ref, topic: textOf(topic) ?? 'OTH', country: textOf(country) ?? '', adm1: textOf(adm1Code) ?? textOf(adm1Name),
    ...(typeof placeName === 'string' ? { place: placeName } : {}),
    ...(typeof lat === 'number' && typeof lon === 'number' ? { lat, lon } : {}),
    observedOn: textOf(observedOn) ?? '', text: textOf(description) ?? '',
  }
}

/** Volunteers never see the letters and numbers that reviewers give. */
function withoutGrades(change: ChangeEnvelope): ChangeEnvelope {
  if (change.type !== 'decide' || typeof change.body !== 'object' || change.body === null) return change
  return { ...change, body: Object.fromEntries(Object.entries(change.body).filter(([field]) => field !== 'grades')) }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** Null for what is no JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
