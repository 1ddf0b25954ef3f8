import { changeSummary } from '#domain/change-summary.ts'
import { changeEnvelopeSchema, changeFrom } from '#domain/change.ts'
import type { ChangeEnvelope } from '#domain/change.ts'
import type { AuditLine } from '#protocol/audit.ts'
import { roles } from '#protocol/membership.ts'
import type { KeptAct, LogLine, LogPage, Place } from '#server/store/audit-store.ts'
import type { StoredCampaign, StoredChange } from '#server/store/store.ts'
import * as v from 'valibot'

type Names = Pick<LogPage, 'people' | 'devices'>

const nothing = { recordedAt: null, device: null, carriedBy: null, isImport: false, entryId: null, ref: null, revision: null, verdict: null, fields: [], reason: null, linkKind: null, subject: null, role: null, count: null, setAside: null, erased: false, proven: null }

/** A line of the log as the desk sees it: who and what, the reason that was given, and of the entry its name alone. */
export function presentLine(line: LogLine, names: Names, campaign: Pick<StoredCampaign, 'serverDeviceId' | 'serverMemberId'>): AuditLine {
  return line.kind === 'change' ? presentChange(line, names, campaign) : presentAct(line.act, names)
}

function presentChange({ place, change: stored, revision, ref }: Extract<LogLine, { readonly kind: 'change' }>, names: Names, campaign: Pick<StoredCampaign, 'serverDeviceId' | 'serverMemberId'>): AuditLine {
  const envelope = envelopeOf(stored)
  const change = envelope === null ? null : changeFrom(envelope)
  const { act, verdict, fields, reason, linkKind } = change === null ? { ...nothing, act: stored.type ?? 'unreadable' } : changeSummary(change)
  const isServer = stored.deviceId === campaign.serverDeviceId
  return {
    ...nothing, place: placeText(place), receivedAt: stored.receivedAt, recordedAt: isServer ? null : (envelope?.recordedAt ?? null), act, by: personOf(names, stored.memberId),
    device: isServer ? null : (names.devices.get(stored.deviceId) ?? null), carriedBy: stored.carriedBy === stored.memberId ? null : (names.people.get(stored.carriedBy)?.name ?? null),
    isImport: isServer && stored.carriedBy !== stored.memberId, entryId: stored.entryId, ref, revision, verdict, fields: [...fields], reason, linkKind,
    setAside: stored.released ? null : stored.quarantined, erased: stored.erasedAt !== null, proven: stored.proven,
  }
}

function presentAct({ place, act, by, subject, words, detail }: KeptAct, names: Names): AuditLine {
  // What was written with these names what they are about; with others it is the reason.
  const isNamed = act.startsWith('invite.') || act.startsWith('pair.') || act.startsWith('entry.') || act === 'campaign.made'
  const { format, topic, list } = detail
  const to = subjectName(names, { act, subject })
  return {
    ...nothing, place: placeText(place), receivedAt: by.at, act, by: personOf(names, by.memberId), device: by.deviceId === null ? null : (names.devices.get(by.deviceId) ?? null),
    fields: settingsIn(detail['changes']), reason: isNamed ? null : words, role: roles.find((role) => role === detail['role']) ?? null,
    subject: isNamed ? [to, words].filter((part) => part !== null).join(' · ') : typeof format === 'string' ? [format, list].filter((part) => typeof part === 'string').join(' · ') : typeof topic === 'string' ? topic : to, count: typeof detail['count'] === 'number' ? detail['count'] : null,
    ...(typeof list === 'string' ? { list } : {}),
  }
}

function subjectName({ people, devices }: Names, { act, subject }: Pick<KeptAct, 'act' | 'subject'>): string | null {
  const byId = new Map<string, string>([...[...people].map(([id, { name }]) => [id, name] as const), ...devices])
  return act.startsWith('member.') || act.startsWith('device.') || act.startsWith('entry.') ? (byId.get(subject) ?? null) : null
}

function personOf({ people }: Names, id: AuditLine['entryId'] | string | null): AuditLine['by'] {
  const found = [...people].find(([member]) => member === id)
  return found === undefined ? null : { id: found[0], ...found[1] }
}

const changesSchema = v.array(v.looseObject({ setting: v.string() }))

function settingsIn(changes: unknown): string[] {
  const parsed = v.safeParse(changesSchema, changes)
  return parsed.success ? parsed.output.map(({ setting }) => setting) : []
}

function envelopeOf({ text, erasedAt }: StoredChange): ChangeEnvelope | null {
  if (erasedAt !== null || text === '') return null
  const envelope = v.safeParse(changeEnvelopeSchema, jsonOf(text))
  return envelope.success ? envelope.output : null
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export function placeText({ seq, number }: Place): string {
  return `${seq}.${number}`
}

export function placeFrom(text: string): Place {
  const [seq = 0, number = 0] = text.split('.').map(Number)
  return { seq, number }
}
