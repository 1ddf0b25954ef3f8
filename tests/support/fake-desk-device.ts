import type { ChangeBody } from '#domain/change.ts'
import type { ApiProblem, Device, Membership, Preferences, SaveProblem, SyncState } from '#device/device.ts'
import { alreadyHeld } from '#device/held-decisions.ts'
import type { DecisionInput, HeldDecision, SentDecision } from '#device/held-decisions.ts'
import { reportUrl } from '#device/sync/report-address.ts'
import type { EntriesFilter, ReportOrder } from '#device/sync/desk-api.ts'
import type { Watch } from '#device/watch.ts'
import { changeFrom } from '#domain/change.ts'
import { foldEntry } from '#domain/fold.ts'
import type { ChangeId, DeviceId, EntryId, Instant, MemberId } from '#domain/ids.ts'
import { filesIn } from '#domain/named-files.ts'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import { hashContent } from '#protocol/chain.ts'
import type { Digest } from '#protocol/chain.ts'
import type { AuditLine, AuditResponse } from '#protocol/audit.ts'
import type { OverviewResponse } from '#protocol/overview.ts'
import type { EntryResponse, InviteRow, MemberPatch, MemberRow } from '#protocol/desk.ts'
import type { ImportResponse } from '#protocol/import.ts'
import type { AlarmRow, QuarantineRow, SettleRequest } from '#protocol/aside.ts'
import type { ExportOrder } from '#protocol/export-order.ts'
import type { SavedView } from '#protocol/saved-view.ts'
import type { CampaignPatch, CampaignResponse } from '#protocol/campaign.ts'
import type { Ability } from '#protocol/membership.ts'
import { deskIds } from './desk-entries.ts'
import type { DeskEntry } from './desk-entries.ts'
import { facetsOf, fits, isCounted, namesOf, sorted } from './fake-desk-lists.ts'
import { createFakeReport } from './fake-report.ts'
import type { FakeReport } from './fake-report.ts'
import type { Assigned, AssignRequest, ReviewerRow } from '#protocol/assignment.ts'
import type { ApartRequest, NearResponse } from '#protocol/near.ts'

/** What a test may set before or while the desk is shown, and what it may look at afterwards. */
export interface FakeDesk {
  readonly device: Device
  readonly report: FakeReport
  readonly asked: EntriesFilter[]
  /** What was handed to the device, in that order, and what of it went into the outbox. */
  readonly decisions: DecisionInput[]
  readonly sent: ChangeId[]
  /** What the device holds. */
  readonly held: () => readonly HeldDecision[]
  /** Those of which the desk has not seen what became of them. */
  readonly unseen: () => readonly SentDecision[]
  /** What went out has been read from the disk: with `readsLate` the desk is shown before. */
  readonly readSent: () => void
  /** The log of the campaign: a test that alters an entry touches it. */
  readonly touch: (...ids: readonly EntryId[]) => void
  /** Set aside with whoever wrote it, of which the log says nothing, and let count again. */
  readonly asideThere: (id: EntryId) => void
  readonly releaseThere: (id: EntryId) => void
  /** The server comes back from a backup: another history, whose places begin lower. */
  readonly restore: () => void
  /** An erasure as the server has it: no entry any more, and a line in the log. */
  readonly eraseThere: (id: EntryId, by: { readonly name: string; readonly reason: string }) => void
  readonly freshAsked: (number | null)[]
  readonly read: EntryId[]
  now: () => number
  readonly comments: { readonly entry: EntryId; readonly base: ChangeId; readonly text: string }[]
  /** What was taken out: orders of files, and the log as words. */
  readonly exported: (ExportOrder | string)[]
  readonly reported: (ReportOrder & { readonly format: string })[]
  readonly auditAsked: unknown[]
  /** The newest page first; the `next` of each begins with the number of the one behind it. */
  auditPages: readonly AuditResponse[]
  readonly imported: { readonly format: string; readonly text: string }[]
  readonly created: unknown[]
  readonly revoked: string[]
  readonly released: { readonly entry: EntryId; readonly change: ChangeId; readonly reason: string }[]
  readonly linked: { readonly entry: EntryId; readonly base: ChangeId | null; readonly link: ChangeBody<'link'> }[]
  readonly unlinked: { readonly entry: EntryId; readonly base: ChangeId | null; readonly link: ChangeId }[]
  readonly assigned: AssignRequest[]
  /** What colleagues have given since the desk asked last: told once. */
  readonly assignedElsewhere: Assigned[]
  /** What stays with somebody else, whatever is asked. */
  staysWith: Readonly<Record<EntryId, Assigned['assignee']>>
  reviewers: readonly ReviewerRow[]
  readonly parted: ({ readonly id: string } & ApartRequest)[]
  near: NearResponse
  readonly corrected: { readonly entry: EntryId; readonly base: ChangeId; readonly set: Readonly<Record<string, unknown>> }[]
  readonly erased: { readonly entry: EntryId; readonly base: ChangeId | null; readonly reason: string }[]
  readonly settled: SettleRequest[]
  readonly overviewAsked: EntriesFilter[]
  overview: OverviewResponse
  /** What was done with everything of somebody. */
  readonly wholeActs: string[]
  readonly memberPatches: { readonly id: string; readonly patch: MemberPatch }[]
  readonly patches: CampaignPatch[]
  settings: CampaignResponse
  aside: readonly QuarantineRow[]
  alarms: readonly AlarmRow[]
  entries: readonly DeskEntry[]
  views: readonly SavedView[]
  members: readonly MemberRow[]
  invites: readonly InviteRow[]
  importResult: ImportResponse
  /** What a comparison with what is here says of a table; null: there is no answer. */
  trialResult: ImportResponse | null
  /** What the server says to a sealed file instead. */
  importProblem: ApiProblem | null
  /** What every call answers, as long as it is set. */
  problem: ApiProblem | null
  saveProblem: SaveProblem | null
  isOutboxStuck: boolean
  wrongHash: boolean
  readonly setSync: (patch: Partial<SyncState>) => void
  /** As the next answer of the server would say. */
  readonly setAbilities: (abilities: readonly Ability[]) => void
}

function logLine(about: Partial<AuditLine>): AuditLine {
  return { place: '9.0', receivedAt: '2026-03-02T11:00:00Z' as Instant, recordedAt: null, act: 'record', by: null, device: null, carriedBy: null, isImport: false, entryId: null, ref: null, revision: null, verdict: null, fields: [], reason: null, linkKind: null, subject: null, role: null, count: null, setAside: null, erased: false, proven: true, ...about }
}

const noSync: SyncState = { phase: 'idle', online: true, isMetered: null, pendingEntries: 0, pendingChanges: 0, pendingFiles: 0, pendingBytes: 0, heldFiles: 0, lastContactAt: null, nextTryAt: null, problem: null, attention: null }

const allAbilities: readonly Ability[] = ['record', 'review', 'readAll', 'manageMembers', 'invite', 'import', 'export', 'editCampaign']

export function createFakeDesk(options: { readonly entries?: readonly DeskEntry[]; readonly abilities?: readonly Ability[]; readonly digest: Digest; readonly pageSize?: number; readonly photoUrl?: string; readonly onPhone?: readonly string[]; readonly onLanguage?: (language: string) => void; readonly campaign?: Partial<Membership['campaign']>; readonly sentBefore?: readonly SentDecision[]; readonly readsLate?: boolean }): FakeDesk {
  const held = settable<readonly HeldDecision[]>([])
  const went = settable<readonly SentDecision[] | undefined>(options.readsLate === true ? undefined : (options.sentBefore ?? []))
  const report = createFakeReport()
  const touched = new Map<EntryId, number>()
  const setAside = new Map<EntryId, DeskEntry>()
  const toldAside: EntryId[] = []
  const erasures: AuditResponse['lines'] = []
  let [head, epoch] = [1, 'one']
  const sync = settable<SyncState>(noSync)
  const membership = settable<Membership | null>(aMembership(options.abilities ?? allAbilities, options.campaign))
  const answer = async <Value>(make: () => Value | Promise<Value>): Promise<Result<Value, ApiProblem>> => (desk.problem === null ? ok(await make()) : fail(desk.problem))
  const kept = async (): Promise<Result<ChangeId, SaveProblem>> => (desk.saveProblem === null ? ok(deskIds.change(900)) : fail(desk.saveProblem))
  const invite = (role: 'volunteer' | 'coordinator', uses: number, note: string | null): InviteRow => ({ id: `invite-${desk.invites.length}`, role, note, usesLeft: uses, createdAt: '2026-03-01T08:00:00Z' as Instant, expiresAt: '2026-03-31T08:00:00Z' as Instant })
  const assignedAs = (id: EntryId) => desk.staysWith[id]
  const device: Partial<Device> = {
    membership,
    sync,
    preferences: settable<Preferences>({ language: null, theme: 'system', lastPlace: null, recentPlaces: [], keepsMap: false, lastOrg: null, recentTopics: [], installDismissed: false, mobilePhotos: null, riskRestsUntil: null }),
    setPreferences: async ({ language }) => options.onLanguage?.(language ?? 'en'),
    held: {
      list: held,
      hold: async (decisions, forMs) => {
        desk.decisions.push(...decisions)
        if (desk.saveProblem !== null) return fail(desk.saveProblem)
        const taken = new Set((held.get() ?? []).filter(({ rival }) => rival === null).map(({ entryId }) => entryId))
        if (decisions.some(({ entryId }) => taken.has(entryId))) return fail(alreadyHeld)
        const now = desk.now()
        const idOf = (index: number) => deskIds.change(900_000 + desk.decisions.length * 1000 + index)
        const rows = decisions.map((decision, index): HeldDecision => ({ ...decision, id: idOf(index), batch: idOf(0), decidedAt: new Date(now).toISOString() as Instant, sendAt: now + forMs, rival: null }))
        held.set([...(held.get() ?? []), ...rows])
        return ok(rows.map(({ id }) => id))
      },
      takeBack: async (ids) => {
        const rows = held.get() ?? []
        held.set(rows.filter(({ id }) => !ids.includes(id)))
        return rows.map(({ id }) => id).filter((id) => ids.includes(id))
      },
      stop: async (id, rival) => held.set((held.get() ?? []).map((row) => (row.id === id ? { ...row, rival } : row))),
      send: async (ids) => {
        const going = (held.get() ?? []).filter(({ id, rival }) => ids.includes(id) && rival === null)
        held.set((held.get() ?? []).filter((row) => !going.includes(row)))
        desk.sent.push(...going.map(({ id }) => id))
        went.set([...(went.get() ?? []).filter(({ entryId }) => !going.some((one) => one.entryId === entryId)), ...going.map(({ id, entryId, ref, body }) => ({ id, entryId, ref, verdict: body.verdict }))])
        return ok(going.map(({ id }) => id))
      },
    },
    correct: async (entry, base, set) => {
      desk.corrected.push({ entry, base, set })
      return kept()
    },
    erase: async (entry, base, reason) => {
      if (desk.saveProblem !== null) return fail(desk.saveProblem)
      desk.erased.push({ entry, base, reason })
      if (!desk.isOutboxStuck) desk.eraseThere(entry, { name: 'Ruth', reason })
      return kept()
    },
    release: async (entry, change, reason) => {
      desk.released.push({ entry, change, reason })
      if (!desk.isOutboxStuck) desk.aside = desk.aside.filter((row) => row.id !== change)
      return kept()
    },
    link: async (entry, base, link) => {
      desk.linked.push({ entry, base, link })
      return kept()
    },
    unlink: async (entry, base, link) => {
      desk.unlinked.push({ entry, base, link })
      return kept()
    },
    commentAs: async (entry, base, text) => {
      desk.comments.push({ entry, base, text })
      return kept()
    },
    flush: async () => {
      const state = { ...noSync, online: !desk.isOutboxStuck, pendingChanges: desk.isOutboxStuck ? 1 : 0 }
      sync.set(state)
      return state
    },
    openWriting: async () => ({ ...report.writing, sentDecisions: went, seen: async (ids) => went.set((went.get() ?? []).filter(({ id }) => !ids.includes(id))) }),
    api: {
      ...report.api,
      entries: (filter) => answer(() => {
        desk.asked.push(filter)
        const rows = sorted(desk.entries.filter((entry) => !('counted' in filter) || isCounted(entry)).map(({ row }) => row).filter((row) => fits(row, filter)), filter)
        const start = filter.after === undefined ? 0 : Number(filter.after)
        const limit = Math.min(filter.limit ?? 50, options.pageSize ?? 50)
        const next = start + limit < rows.length ? String(start + limit) : null
        return { entries: rows.slice(start, start + limit), total: rows.length, next, facets: facetsOf(desk.entries.map(({ row }) => row), filter), names: namesOf(desk.entries.map(({ row }) => row)) }
      }),
      entryCounts: (filters) => answer(() => filters.map((filter) => desk.entries.filter(({ row }) => fits(row, filter)).length)),
      savedViews: () => answer(() => desk.views),
      saveView: (view) => answer(() => {
        desk.views = desk.views.some(({ id }) => id === view.id) ? desk.views.map((one) => (one.id === view.id ? view : one)) : [...desk.views, view]
        return null
      }),
      removeView: (id) => answer(() => {
        desk.views = desk.views.filter((view) => view.id !== id)
        return null
      }),
      overview: (filter) => answer(() => {
        desk.overviewAsked.push(filter)
        return desk.overview
      }),
      near: () => answer(() => desk.near),
      setApart: (id, pair) => answer(() => {
        desk.parted.push({ id, ...pair })
        return null
      }),
      reviewers: () => answer(() => desk.reviewers),
      assign: (request) => answer(() => {
        desk.assigned.push(request)
        return request.entries.filter(({ id }) => desk.entries.some(({ row }) => row.id === id)).map(({ id }) => ({ id, assignee: assignedAs(id) ?? (request.to === null ? null : { id: request.to, name: desk.reviewers.find((one) => one.id === request.to)?.name ?? '' }) }))
      }),
      fresh: (after) => answer(() => {
        desk.freshAsked.push(after)
        const since = after === null ? [] : [...touched].filter(([, seq]) => seq > after)
        return { epoch, seq: head, more: false, assignments: 1, assigned: desk.assignedElsewhere.splice(0), asides: '1.1', aside: toldAside.splice(0), touched: since.map(([id, seq]) => ({ id, seq, row: desk.entries.find(({ row }) => row.id === id)?.row ?? null, aside: setAside.has(id as EntryId) })) }
      }),
      entry: async (id) => {
        desk.read.push(id as EntryId)
        const entry = desk.entries.find(({ row }) => row.id === id)
        if (entry === undefined) return fail({ kind: 'refused', code: 'not-found' })
        return answer(() => responseOf(entry, desk.wrongHash ? async () => 'f'.repeat(64) as Awaited<ReturnType<Digest>> : options.digest, options.onPhone ?? []))
      },
      members: () => answer(() => desk.members),
      changeMember: (id, patch) => answer(() => {
        desk.memberPatches.push({ id, patch })
        desk.members = desk.members.map((member) => (member.id !== id ? member : 'role' in patch ? { ...member, role: patch.role } : { ...member, endedAt: '2026-03-02T11:20:00Z' as Instant }))
        return null
      }),
      eraseMember: (id, reason) => answer(() => {
        desk.wholeActs.push(`erase ${id} ${reason}`)
        return 3
      }),
      heldAbout: (id) => answer(() => {
        desk.exported.push(`held ${id}`)
        return new ArrayBuffer(4)
      }),
      setMemberAside: (id, { since, reason }) => answer(() => {
        desk.wholeActs.push(`aside ${id} ${since} ${reason}`)
        desk.members = desk.members.map((member) => (member.id === id ? { ...member, asideSince: since } : member))
        return 7
      }),
      releaseMember: (id) => answer(() => {
        desk.wholeActs.push(`release ${id}`)
        desk.members = desk.members.map((member) => (member.id === id ? { ...member, asideSince: undefined } : member))
        return 7
      }),
      audit: (filter, before) => answer(() => {
        desk.auditAsked.push({ ...filter, before })
        if (filter.entry !== undefined) return { lines: [...erasures, ...[...setAside.keys()].map((id) => logLine({ entryId: id, setAside: 'revoked-device' })), ...desk.aside.map(({ entryId, type, reason }) => logLine({ entryId, act: type ?? 'unreadable', setAside: reason }))].filter(({ entryId, act }) => entryId === filter.entry && act === (filter.type ?? act)), next: null }
        return desk.auditPages[before === null ? 0 : Number(before.split('.')[0])] ?? { lines: [], next: null }
      }),
      auditText: (format, filter) => answer(() => {
        desk.exported.push(`audit ${format} ${JSON.stringify(filter)}`)
        return format === 'csv' ? 'Place,Act\r\n#meta+id,#meta+act\r\n2.0,decide\r\n1.0,record\r\n' : '{}\n'
      }),
      invites: () => answer(() => desk.invites),
      createInvite: (request) => answer(() => {
        desk.created.push(request)
        const made = invite(request.role, request.uses ?? 1, request.note ?? null)
        desk.invites = [...desk.invites, made]
        return { invite: made, url: 'https://terrain.example/join#0123456789abcdefABCDEF' }
      }),
      deleteInvite: (id) => answer(() => {
        desk.revoked.push(id)
        desk.invites = desk.invites.filter((one) => one.id !== id)
        return null
      }),
      revokeDevice: (id) => answer(() => {
        desk.revoked.push(id)
        desk.members = desk.members.map((member) => ({ ...member, devices: member.devices.map((one) => (one.id === id ? { ...one, revokedAt: '2026-03-02T11:20:00Z' as Instant } : one)) }))
        return null
      }),
      quarantine: () => answer(() => ({ quarantined: [...desk.aside], open: desk.aside.filter(({ left }) => left === null).length, total: desk.aside.length })),
      alarms: () => answer(() => desk.alarms),
      settle: (settlement) => answer(() => {
        desk.settled.push(settlement)
        const word = settlement.act === 'settle' ? { at: '2026-03-02T11:20:00Z' as Instant, by: 'Ruth', reason: settlement.reason } : null
        desk.aside = desk.aside.map((row) => (row.subject === settlement.subject ? { ...row, left: word } : row))
        desk.alarms = desk.alarms.map((row) => (row.subject === settlement.subject ? { ...row, settled: word } : row))
        return null
      }),
      campaign: () => answer(() => desk.settings),
      changeCampaign: (patch) => answer(() => {
        desk.patches.push(patch)
        desk.settings = { ...desk.settings, ...(patch.set.defaultSensitivity === undefined ? {} : { defaultSensitivity: patch.set.defaultSensitivity }), campaign: changedCampaign(desk.settings.campaign, patch) }
        return desk.settings
      }),
      importFile: async (format, text, how) => format === 'trial' && desk.trialResult === null ? fail({ kind: 'unreachable', code: 'no-answer' }) : answer(() => {
        if (format === 'trial' && desk.trialResult !== null) return desk.trialResult
        desk.imported.push({ format, text, ...(how?.again === true ? { again: true } : {}) })
        return desk.importResult
      }),
      importSealed: async (file, onSent) => {
        const text = String(Buffer.from(await file.read(0, file.size)))
        onSent(file.size)
        if (desk.importProblem !== null) return fail(desk.importProblem)
        return answer(() => {
          desk.imported.push({ format: 'sealed', text })
          return desk.importResult
        })
      },
      exportFile: (order) => answer(() => {
        desk.exported.push(order)
        return Uint8Array.from(Buffer.from('\uFEFFRef,Words\r\n#meta+ref,#description\r\nC-000001,"one\r\ntwo"\r\n')).buffer
      }),
      reportFile: (order, format) => answer(() => {
        desk.reported.push({ ...order, format })
        return Uint8Array.from(Buffer.from(`a report as ${format}`)).buffer
      }),
      reportUrl: (order) => reportUrl(order, '00000000-0000-7000-8000-00000000de00' as DeviceId),
      fileUrl: (sha256, width) => options.photoUrl ?? `/api/v1/files/${sha256}${width === undefined ? '' : `?width=${width}`}`,
    },
  }
  const desk: FakeDesk = {
    // The desk uses these parts of a device and no others: a call of another one fails loudly.
    device: device as Device,
    report,
    overviewAsked: [], reported: [], wholeActs: [], memberPatches: [], patches: [],
    overview: { total: 0, authors: 0, areas: [], cells: [], days: [], topicDays: [], who: [], severities: [] },
    views: [],
    asked: [], decisions: [], sent: [], freshAsked: [], read: [],
    held: () => held.get() ?? [],
    unseen: () => went.get() ?? [],
    readSent: () => went.set(options.sentBefore ?? []),
    touch: (...ids) => ids.forEach((id) => touched.set(id, ++head)),
    asideThere: (id) => {
      for (const entry of desk.entries.filter(({ row }) => row.id === id)) setAside.set(id, entry)
      desk.entries = desk.entries.filter(({ row }) => row.id !== id)
      toldAside.push(id)
    },
    releaseThere: (id) => {
      const entry = setAside.get(id)
      setAside.delete(id)
      if (entry !== undefined) desk.entries = [entry, ...desk.entries]
      desk.touch(id)
    },
    restore: () => {
      epoch = 'two'
      head = 0
      touched.clear()
    },
    eraseThere: (id, { name, reason }) => {
      const ref = desk.entries.find(({ row }) => row.id === id)?.row.ref ?? null
      desk.entries = desk.entries.filter(({ row }) => row.id !== id)
      desk.touch(id)
      erasures.push(logLine({ act: 'erase', by: { id: deskIds.member(1), name, role: 'coordinator' }, entryId: id, ref: ref as never, reason }))
    },
    now: () => 0,
    comments: [], exported: [], auditAsked: [], auditPages: [], imported: [], created: [], revoked: [], released: [], corrected: [], linked: [], unlinked: [], parted: [], assigned: [], erased: [], assignedElsewhere: [], staysWith: {}, reviewers: [], near: { same: [], answers: [], linksTo: [], linkedFrom: [], rows: [], compared: 0, isCut: false }, settled: [], aside: [], alarms: [],
    entries: options.entries ?? [], members: [], invites: [],
    importProblem: null,
    importResult: { accepted: 0, duplicates: 0, refused: [] },
    trialResult: null,
    settings: { campaign: aMembership([], options.campaign).campaign, defaultSensitivity: 'moderate', history: [] },
    problem: null, saveProblem: null, isOutboxStuck: false, wrongHash: false,
    setSync: (patch) => sync.set({ ...noSync, ...patch }),
    setAbilities: (abilities) => membership.set(aMembership(abilities, options.campaign)),
  }
  return desk
}

/** As the server does it, without its checks. */
function changedCampaign(campaign: CampaignResponse['campaign'], { set, revision }: CampaignPatch): CampaignResponse['campaign'] {
  const { consentNote, defaultSensitivity: _, ...plain } = set
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined))
  return { ...campaign, ...given, ...(typeof consentNote === 'string' ? { consentNote: { version: 1, text: consentNote } } : {}), revision: revision + 1 }
}

function settable<Value>(first: Value): Watch<Value> & { readonly set: (value: Value) => void } {
  let value = first
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    subscribe: (onChange) => {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
    set: (next) => {
      value = next
      for (const listener of listeners) listener()
    },
  }
}

function aMembership(abilities: readonly Ability[], campaign: Partial<Membership['campaign']> = {}): Membership {
  return {
    member: { id: deskIds.member(1), role: 'coordinator', name: 'Ruth', organisation: 'Solidarity Network', language: 'en' },
    campaign: { id: '00000000-0000-7000-8000-00000000ca00' as Membership['campaign']['id'], name: 'Solidarity Network, Haiti', publicKey: { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) }, countries: ['HTI'], languages: ['ht', 'fr'], startsOn: null, urgentHelp: null, ...campaign },
    deviceId: '00000000-0000-7000-8000-00000000de00' as DeviceId,
    abilities,
  }
}

/** `onPhone`: files that have not arrived. */
async function responseOf({ row, changes, unreachable }: DeskEntry, digest: Digest, onPhone: readonly string[]): Promise<EntryResponse> {
  const entry = foldEntry(changes.flatMap((item) => {
    const change = changeFrom(item.change)
    return change === null ? [] : [{ ...item, change, quarantined: item.quarantined !== undefined }]
  }))
  if (entry === null) throw new Error('an entry begins with a record')
  const members = [{ id: deskIds.member(1), role: 'coordinator' as const, name: 'Ruth', language: 'en' }, { id: deskIds.member(2), role: 'coordinator' as const, name: 'Jean', language: 'fr' }, { id: row.author.id as MemberId, role: 'volunteer' as const, name: row.author.name, language: 'ht' }]
  return { row, contentHash: await hashContent(entry, digest), changes: [...changes], members, files: filesIn(entry.content).filter((sha256) => !onPhone.includes(sha256)), ...(unreachable && { unreachable }) }
}
