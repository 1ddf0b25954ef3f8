import * as v from 'valibot'
import { changeEnvelopeSchema, changeFrom } from '#domain/change.ts'
import type { ChangeEnvelope } from '#domain/change.ts'
import type { EntryId, Ref } from '#domain/ids.ts'
import { misfitsIn } from '#domain/misfits.ts'
import type { AlarmRow, Hindrance, QuarantineResponse, QuarantineRow } from '#protocol/aside.ts'
import type { Settlement } from '#server/store/settlement-store.ts'
import type { ChangeStore, StoredChange, StoredDevice, StoredMember } from '#server/store/store.ts'

/** What both lists are read with: who is who, and what coordinators have said. */
export interface AsideGround {
  readonly members: readonly StoredMember[]
  readonly devices: readonly StoredDevice[]
  readonly settlements: ReadonlyMap<string, Settlement>
}

/** What a settlement calls a set-aside change: what the store holds it under, so that a restore changes nothing of it. */
export function subjectOf({ id, proven, changeHash }: Pick<StoredChange, 'id' | 'proven' | 'changeHash'>): string {
  return `change:${proven && id !== null ? id : `~${changeHash}`}`
}

/** No more than this many in one answer: a phone that goes wrong may send thousands. */
const maxRows = 200
const maxTextLength = 2000
/** More would say no more. */
const maxMisfits = 20

export function presentQuarantine(stored: readonly StoredChange[], refs: ReadonlyMap<EntryId, Ref>, ground: AsideGround): QuarantineResponse {
  const isLeft = (change: StoredChange) => settledAs(ground, subjectOf(change)) !== null
  const [open, left] = [stored.filter((change) => !isLeft(change)), stored.filter(isLeft)]
  return { quarantined: [...open, ...left].slice(0, maxRows).flatMap((change) => presentAside(change, refs, ground)), open: open.length, total: stored.length }
}

function presentAside(stored: StoredChange, refs: ReadonlyMap<EntryId, Ref>, ground: AsideGround): readonly QuarantineRow[] {
  const { id, seq, quarantined, memberId, deviceId, receivedAt, type, entryId, carriedBy } = stored
  if (quarantined === null) return []
  const change = envelopeOf(stored.text)
  const ref = entryId === null ? null : (refs.get(entryId) ?? null)
  return [{
    id, seq, reason: quarantined, memberId, deviceId, receivedAt, subject: subjectOf(stored), type, entryId, ref, memberName: nameOf(ground, memberId),
    deviceLabel: labelOf(ground, deviceId), carrierName: carriedBy === memberId ? null : nameOf(ground, carriedBy), change,
    text: change === null ? stored.text.slice(0, maxTextLength) : null,
    hindrance: hindranceOf(change, { reason: quarantined, isEntryKnown: ref !== null }), misfits: change === null ? [] : misfitsIn(change).slice(0, maxMisfits).map((misfit) => ({ ...misfit })), left: settledAs(ground, subjectOf(stored)),
  }]
}

/** What stands for its author's own judgement or takes words away is said anew by somebody who may, and never by a release. */
const saidAnew: readonly string[] = ['release', 'erase', 'fileStored']

function hindranceOf(envelope: ChangeEnvelope | null, { reason, isEntryKnown }: { readonly reason: string; readonly isEntryKnown: boolean }): Hindrance | null {
  if (envelope === null || changeFrom(envelope) === null) return 'unreadable'
  if (saidAnew.includes(envelope.type) || reason === 'content-differs') return 'say-anew'
  if (envelope.type === 'record') return isEntryKnown ? 'say-anew' : null
  return isEntryKnown ? null : 'no-entry'
}

type StoredAlarm = Awaited<ReturnType<ChangeStore['alarms']>>[number]

/** One row for each kind and device: a fork of a long run is one thing to look at, not five hundred. */
export function presentAlarms(alarms: readonly StoredAlarm[], ground: AsideGround): readonly AlarmRow[] {
  const groups = new Map<string, StoredAlarm[]>()
  for (const alarm of alarms) {
    const key = `${alarm.kind}:${alarm.deviceId}`
    groups.set(key, [...(groups.get(key) ?? []), alarm])
  }
  return [...groups].flatMap(([key, group]) => {
    const last = group.at(-1)
    if (last === undefined) return []
    // Settled is what was seen: one more of the kind is another subject.
    const subject = `alarm:${key}:${last.receivedAt}`
    const device = ground.devices.find(({ id }) => id === last.deviceId)
    const successor = ground.devices.find(({ rotatedFrom }) => rotatedFrom === last.deviceId)
    return [{
      subject, kind: last.kind, deviceId: last.deviceId, memberName: device === undefined ? null : nameOf(ground, device.memberId), deviceLabel: device?.label ?? null,
      count: group.length, lastAt: last.receivedAt, renewedAt: successor?.createdAt ?? null, changes: group.slice(0, 5).flatMap(({ text }) => envelopeOf(text) ?? []),
      settled: settledAs(ground, subject),
    }]
  })
}

function settledAs(ground: AsideGround, subject: string): AlarmRow['settled'] {
  const settlement = ground.settlements.get(subject)
  if (settlement === undefined || settlement.act === 'reopen') return null
  return { at: settlement.at, by: nameOf(ground, settlement.memberId) ?? '', reason: settlement.reason }
}

function nameOf({ members }: AsideGround, id: string): string | null {
  return members.find((member) => member.id === id)?.name ?? null
}

function labelOf({ devices }: AsideGround, id: string): string | null {
  return devices.find((device) => device.id === id)?.label ?? null
}

function envelopeOf(text: string): ChangeEnvelope | null {
  try {
    const parsed = v.safeParse(changeEnvelopeSchema, JSON.parse(text))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}
