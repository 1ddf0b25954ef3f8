import { createHash, createPublicKey, verify } from 'node:crypto'
import * as v from 'valibot'
import type { ChangeEnvelope } from '#domain/change.ts'
import type { ChangeId, DeviceId, EntryId, MemberId, Ref, Sha256 } from '#domain/ids.ts'
import { createCampaignId, createChangeId, createDeviceId, createMemberId, instantOf } from '#domain/new-ids.ts'
import type { DeviceGround, FetchInit, FetchResponse } from '#device/device-ground.ts'
import { changeText, linkText } from '#protocol/chain.ts'
import { sessionText } from '#protocol/membership.ts'
import type { PublicKey, Role } from '#protocol/membership.ts'
import type { JoinRequest, SessionRequest } from '#protocol/membership-request.ts'
import { createProblem } from '#protocol/problem.ts'
import type { ProblemCode } from '#protocol/problem.ts'
import { syncRequestSchema } from '#protocol/sync-request.ts'
import type { PullItem, PushResult, SyncResponse } from '#protocol/sync.ts'
import type { Manifest, Run, SyncRequest } from '#protocol/sync-request.ts'
import { seededChance } from './test-server.ts'

interface Stored {
  readonly seq: number
  readonly deviceId: DeviceId
  readonly memberId: MemberId
  readonly change: ChangeEnvelope
  readonly changeHash: string
  readonly ref?: Ref
  readonly quarantined?: 'bad-seal'
}

/** What a test does to one exchange on its way. Answers of the server are changed or lost only after it has done its work. */
export interface Fault {
  readonly before?: (path: string, init: FetchInit) => FetchResponse | 'no-answer' | undefined
  readonly after?: (path: string, answer: FakeAnswer) => FetchResponse | 'no-answer'
}

export interface FakeServer {
  readonly fetch: DeviceGround['fetch']
  readonly requests: { readonly path: string; readonly method: string; readonly body: unknown; readonly as?: string | undefined }[]
  /** As the server understands them. */
  readonly syncs: () => readonly WholeSync[]
  readonly stored: () => readonly Stored[]
  readonly quarantinedBytes: string[]
  readonly fault: (fault: Fault | null) => void
  /** A change of somebody else on an entry that is stored here. */
  readonly addChange: (step: { readonly entryId: EntryId; readonly type: string; readonly body: unknown }) => ChangeId
  readonly addItem: (item: (seq: number) => PullItem) => void
  readonly endSessions: () => void
  readonly revoke: () => void
  /** Back to a backup that ends with `seq`. */
  readonly restore: (seq: number) => void
  /** To an older state that ends with `seq`, without a word of it. */
  readonly setBack: (seq: number) => void
  readonly setScope: (scope: string) => void
  readonly setPage: (items: number) => void
  /** How far the verified backups of this epoch go. */
  readonly setSafeSeq: (seq: number) => void
  readonly coordinator: MemberId
}

type WholeSync = SyncRequest & { readonly deviceId: DeviceId; readonly manifest: Manifest }

/** What the phone leaves out because both sides know it. */
function understood(body: unknown, as: string | undefined): WholeSync {
  const request = v.parse(syncRequestSchema, body)
  const { deviceId = as as DeviceId, manifest = { highDeviceSeq: request.counter ?? request.run?.seal.deviceSeq ?? 0, pendingChanges: 0, pendingFiles: 0, pendingBytes: 0 } } = request
  return { ...request, deviceId, manifest }
}

/** A server in memory that is honest about what the device relies on: seals, chains, doubles, gapless seq, epochs. */
export function createFakeServer({ role = 'volunteer', encryptionKey }: { readonly role?: Role; readonly encryptionKey?: PublicKey } = {}): FakeServer {
  const [clock, chance] = [{ now: () => Date.UTC(2026, 2, 1, 9) }, seededChance('fake server')]
  const campaign = {
    id: createCampaignId(clock, chance), name: 'Solidarity Network', publicKey: { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) },
    countries: ['HTI'], languages: ['en'], startsOn: null, urgentHelp: null, ...(encryptionKey === undefined ? {} : { encryptionKey }),
  }
  const coordinator = createMemberId(clock, chance)
  const coordinatorDevice = createDeviceId(clock, chance)
  const devices = new Map<string, { readonly key: PublicKey; readonly member: { readonly id: MemberId; readonly name: string; readonly role: Role; readonly language: string } }>()
  const requests: FakeServer['requests'] = []
  const quarantinedBytes: string[] = []
  let changes: Stored[] = []
  let extra: PullItem[] = []
  let [epoch, restores, restoredSeq, scope, page, safeSeq] = ['epoch-0', 0, 0, 'scope-1', 500, 0]
  let [hasSession, isRevoked] = [false, false]
  let fault: Fault | null = null
  const headSeq = (): number => Math.max(0, ...changes.map(({ seq }) => seq), ...extra.map(({ seq }) => seq))
  const append = (stored: Omit<Stored, 'seq'>): Stored => {
    const made = { ...stored, seq: headSeq() + 1 }
    changes = [...changes, made]
    return made
  }

  function answer(path: string, init: FetchInit): FakeAnswer {
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined
    if (init.method !== 'GET' && init.headers['x-terrain'] === undefined) return problem('cross-site')
    if (path === '/join') return joined(body as JoinRequest)
    if (path === '/session/challenge') return json({ challenge: 'a-challenge', expiresAt: instantOf(clock) })
    if (path === '/session') return session(body as SessionRequest)
    if (!hasSession) return problem('no-session')
    if (path === '/me') return me()
    if (path === '/sync') return synced(understood(body, init.headers['x-terrain']))
    if (path === '/sync/quarantine') {
      quarantinedBytes.push((body as { readonly bytes: string }).bytes)
      return json({ epoch, results: [{ id: null, status: 'quarantined', problem: 'unparseable' }] })
    }
    return problem('not-found')
  }

  function joined(request: JoinRequest): FakeAnswer {
    const known = devices.get(request.device.id)
    const member = known?.member ?? { id: createMemberId(clock, chance), name: request.name, role, language: request.language }
    devices.set(request.device.id, { key: request.device.publicKey, member })
    hasSession = true
    isRevoked = false
    return json({ member, campaign, credential: 'a-credential', epoch }, known === undefined ? 201 : 200)
  }

  function session({ deviceId, challenge, sig }: SessionRequest): FakeAnswer {
    const device = devices.get(deviceId)
    if (device === undefined || !isSignedBy(device.key, sessionText(challenge, deviceId), sig)) return problem('bad-signature')
    if (isRevoked) return problem('device-revoked')
    hasSession = true
    return json({ epoch })
  }

  function me(): FakeAnswer {
    const [deviceId, device] = [...devices].at(-1) ?? []
    return json({ member: device?.member, campaign, deviceId, abilities: role === 'coordinator' ? ['record', 'review', 'readAll'] : ['record'], epoch })
  }

  function synced(request: WholeSync): FakeAnswer {
    if (request.epoch !== epoch) return json(createProblem('epoch-changed', { epoch, restoredSeq }), 409)
    const device = devices.get(request.deviceId)
    if (device === undefined) return problem('no-session')
    const results = request.run === undefined ? [] : pushed(request, request.run, device)
    const own = new Set(changes.filter(({ memberId, change }) => change.type === 'record' && memberId === device.member.id).map(({ change }) => change.entryId))
    const visible: PullItem[] = [
      ...changes.filter(({ change }) => own.has(change.entryId)).map((stored) => ({ ...stored, memberName: stored.memberId === coordinator ? 'Ines' : device.member.name, receivedAt: instantOf(clock) })),
      ...extra,
    ].filter(({ seq }) => seq > request.after).sort((a, b) => a.seq - b.seq)
    const items = visible.slice(0, Math.min(page, request.limit))
    const more = visible.length > items.length
    const mine = changes.filter(({ deviceId }) => deviceId === request.deviceId)
    return json({
      epoch, results, device: { highDeviceSeq: Math.max(0, ...mine.map(({ change }) => change.deviceSeq)), hash: null, missing: [] },
      items, next: more ? (items.at(-1)?.seq ?? request.after) : headSeq(), more, scope, safeSeq, serverTime: instantOf(clock),
    } satisfies SyncResponse)
  }

  function pushed(request: WholeSync, run: Run, { key, member }: { readonly key: PublicKey; readonly member: { readonly id: MemberId } }): PushResult[] {
    let before: Sha256 | null = run.prevHash
    for (const raw of run.changes as ChangeEnvelope[]) {
      before = sha256(linkText({ campaignId: campaign.id, deviceId: request.deviceId }, { deviceSeq: raw.deviceSeq, changeHash: sha256(changeText(raw)), prevHash: before }))
    }
    const isProven = before === run.seal.hash && isSignedBy(key, run.seal.hash, run.seal.sig)
    return (run.changes as ChangeEnvelope[]).map((change): PushResult => {
      const changeHash = sha256(changeText(change))
      const known = changes.find((stored) => stored.change.id === change.id)
      if (known !== undefined) return { id: change.id, status: known.changeHash === changeHash ? 'duplicate' : 'mismatch', seq: known.seq, ...(known.ref === undefined ? {} : { ref: known.ref }) }
      if (changes.some((stored) => stored.deviceId === request.deviceId && stored.change.deviceSeq === change.deviceSeq)) return { id: change.id, status: 'forked' }
      const ref = change.type === 'record' ? { ref: `C-${String(changes.length + 1).padStart(6, '0')}` as Ref } : {}
      const stored = append({ deviceId: request.deviceId, memberId: member.id, change, changeHash, ...ref, ...(isProven ? {} : { quarantined: 'bad-seal' as const }) })
      return { id: change.id, status: isProven ? 'stored' : 'quarantined', seq: stored.seq, ...ref }
    })
  }

  return {
    requests, quarantinedBytes, coordinator,
    fetch: async (url, init) => {
      const path = url.replace('/api/v1', '')
      requests.push({ path, method: init.method, as: init.headers['x-terrain'], body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined })
      await Promise.resolve()
      const early = fault?.before?.(path, init)
      if (early === 'no-answer') throw new TypeError('Failed to fetch')
      if (early !== undefined) return early
      const made = answer(path, init)
      const late = fault?.after?.(path, made) ?? made
      if (late === 'no-answer') throw new TypeError('Failed to fetch')
      return late
    },
    syncs: () => requests.filter(({ path }) => path === '/sync').map(({ body, as }) => understood(body, as)),
    stored: () => changes,
    fault: (next) => {
      fault = next
    },
    addChange: ({ entryId, type, body }) => {
      const id = createChangeId(clock, chance)
      const base = changes.filter(({ change }) => change.entryId === entryId).at(-1)?.change.id ?? null
      const change: ChangeEnvelope = { v: 1, id, entryId, deviceSeq: headSeq() + 1, type, base, body, salt: 'A'.repeat(22), recordedAt: instantOf(clock), appVersion: 'desk' }
      append({ deviceId: coordinatorDevice, memberId: coordinator, change, changeHash: sha256(changeText(change)) })
      return id
    },
    addItem: (item) => {
      extra = [...extra, item(headSeq() + 1)]
    },
    endSessions: () => {
      hasSession = false
    },
    revoke: () => {
      isRevoked = true
      hasSession = false
    },
    restore: (seq) => {
      changes = changes.filter((stored) => stored.seq <= seq)
      extra = extra.filter((item) => item.seq <= seq)
      restores += 1
      epoch = `epoch-${restores}`
      restoredSeq = seq
      safeSeq = 0
    },
    setBack: (seq) => {
      changes = changes.filter((stored) => stored.seq <= seq)
      extra = extra.filter((item) => item.seq <= seq)
    },
    setScope: (next) => {
      scope = next
    },
    setPage: (items) => {
      page = items
    },
    setSafeSeq: (seq) => {
      safeSeq = seq
    },
  }
}

export function json(value: unknown, status = 200): FakeAnswer {
  return text(JSON.stringify(value), status)
}

/** With its body at hand, for faults that rewrite it. */
export interface FakeAnswer extends FetchResponse {
  readonly body: string
}

export function text(body: string, status = 200, type = 'application/json'): FakeAnswer {
  return { status, body, headers: { get: (name) => (name.toLowerCase() === 'content-type' ? type : null) }, text: () => Promise.resolve(body), arrayBuffer: () => Promise.resolve(Uint8Array.from(Buffer.from(body)).buffer) }
}

export function problem(code: ProblemCode): FakeAnswer {
  const made = createProblem(code)
  return json(made, made.status)
}

function isSignedBy(jwk: PublicKey, signed: string, sig: string): boolean {
  const key = createPublicKey({ key: { ...jwk }, format: 'jwk' })
  return verify('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(sig, 'base64url'))
}

function sha256(signed: string): Sha256 {
  return createHash('sha256').update(signed).digest('hex') as Sha256
}
