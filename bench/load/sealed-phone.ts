import type { EntryContent } from '../../src/domain/entry.ts'
import type { ChangeEnvelope } from '../../src/domain/change.ts'
import { createChangeId, createDeviceId, createEntryId, createMemberId, instantOf } from '../../src/domain/new-ids.ts'
import type { DeviceId, Instant, Sha256 } from '../../src/domain/ids.ts'
import { hashRun, sealRun } from '../../src/protocol/chain.ts'
import type { Role } from '../../src/protocol/membership.ts'
import type { SyncResponse } from '../../src/protocol/sync.ts'
import type { SyncRequest } from '../../src/protocol/sync-request.ts'
import { apiPrefix } from '../../src/protocol/version.ts'
import { createServerKeyPair, signText } from '../../src/server/auth/keys.ts'
import { createSecret, sha256Of } from '../../src/server/auth/secrets.ts'
import type { ServerContext } from '../../src/server/context.ts'
import type { StoredCampaign } from '../../src/server/store/store.ts'
import type { KeepAlive } from './keep-alive.ts'

/** A request that is written down to the last letter but where the phone stands, which the answer before tells. */
export interface SealedRequest {
  readonly changes: number
  readonly rest: string
}

const digest = (text: string) => Promise.resolve(sha256Of(text))

/** A phone whose changes are numbered, hashed, chained, sealed and written as JSON before anybody looks at the clock. */
export class SealedPhone {
  readonly token: string
  readonly deviceId: DeviceId
  readonly #ground: Pick<ServerContext, 'clock' | 'chance'>
  readonly #campaignId: StoredCampaign['id']
  readonly #privateKey: string
  readonly #epoch: string
  readonly #want: 'own' | 'all'
  #deviceSeq = 0
  #hash: Sha256 | null = null
  #after = 0
  #mark: string = ''
  #scope: string | null = null

  private constructor(ground: Pick<ServerContext, 'clock' | 'chance'>, made: { readonly token: string; readonly deviceId: DeviceId; readonly campaignId: StoredCampaign['id']; readonly privateKey: string; readonly epoch: string; readonly want: 'own' | 'all' }) {
    this.#ground = ground
    this.token = made.token
    this.deviceId = made.deviceId
    this.#campaignId = made.campaignId
    this.#privateKey = made.privateKey
    this.#epoch = made.epoch
    this.#want = made.want
  }

  /** A member with one phone and a session that is open; put into the store, because joining has a limit of its own. */
  static async join(context: ServerContext, campaign: StoredCampaign, { role = 'volunteer', name = 'Awa' }: { readonly role?: Role; readonly name?: string } = {}): Promise<SealedPhone> {
    const { store, clock, chance } = context
    const { publicKey, privateKey } = createServerKeyPair()
    const [deviceId, memberId, token, at] = [createDeviceId(clock, chance), createMemberId(clock, chance), createSecret(chance, 32), instantOf(clock)]
    await store.members.add(
      { id: memberId, campaignId: campaign.id, role, name, language: 'en', joinedAt: at, endedAt: null },
      { id: deviceId, campaignId: campaign.id, memberId, publicKey, label: 'phone', createdAt: at, revokedAt: null, lastContactAt: null, appVersion: null, manifest: null },
    )
    await store.members.createSession({ tokenHash: sha256Of(token), campaignId: campaign.id, memberId, deviceId, usedAt: at, expiresAt: '2100-01-01T00:00:00.000Z' as Instant })
    return new SealedPhone({ clock, chance }, { token, deviceId, campaignId: campaign.id, privateKey, epoch: await store.epoch(), want: 'all' })
  }

  /** The same phone as one that keeps no place: for a server that tells none. What is sealed for it belongs to the chain all the same. */
  unchained(): SealedPhone {
    return new SealedPhone(this.#ground, { token: this.token, deviceId: this.deviceId, campaignId: this.#campaignId, privateKey: this.#privateKey, epoch: this.#epoch, want: this.#want })
  }

  /** Runs of so many, one after the other in the chain. */
  async seal(contents: readonly EntryContent[], runSize: number): Promise<readonly SealedRequest[]> {
    const requests: SealedRequest[] = []
    for (let from = 0; from < contents.length; from += runSize) requests.push(await this.#sealed(contents.slice(from, from + runSize)))
    return requests
  }

  /** Asks for news alone. */
  nothing(): SealedRequest {
    return { changes: 0, rest: this.#rest({}) }
  }

  body({ rest }: SealedRequest): string {
    return `{"after":${this.#after},"mark":"${this.#mark}","scope":${JSON.stringify(this.#scope)},${rest}`
  }

  async send(client: KeepAlive, request: SealedRequest): Promise<SyncResponse> {
    const { text } = await client.request({ method: 'POST', path: `${apiPrefix}/sync`, token: this.token, body: this.body(request) })
    const answer = JSON.parse(text) as SyncResponse
    if (answer.results.length !== request.changes || answer.results.some(({ status }) => status !== 'stored')) throw new Error(`a change was not stored: ${text.slice(0, 300)}`)
    this.#mark = answer.mark ?? (answer.next <= this.#after ? this.#mark : '')
    this.#after = answer.next
    this.#scope = answer.scope
    return answer
  }

  /** Another reader of the same phone who knows nothing yet. */
  forgetPlace(): void {
    this.#after = 0
    this.#mark = ''
  }

  async #sealed(contents: readonly EntryContent[]): Promise<SealedRequest> {
    const place = { campaignId: this.#campaignId, deviceId: this.deviceId }
    const changes = contents.map((content) => this.#record(content))
    const prevHash = this.#hash
    const seal = await sealRun(place, prevHash, changes, { digest, sign: (text) => Promise.resolve(signText(this.#privateKey, text)) })
    if (seal === null) throw new Error('an empty run has no seal')
    this.#hash = (await hashRun(place, prevHash, changes, digest)).at(-1)?.hash ?? null
    return { changes: changes.length, rest: this.#rest({ run: { prevHash, changes, seal: { ...seal } } }) }
  }

  #record(content: EntryContent): ChangeEnvelope {
    const { clock, chance } = this.#ground
    this.#deviceSeq += 1
    return {
      v: 1, id: createChangeId(clock, chance), entryId: createEntryId(clock, chance), deviceSeq: this.#deviceSeq, type: 'record', base: null, body: { content },
      salt: Buffer.from(chance.bytes(16)).toString('base64url'), recordedAt: instantOf(clock), appVersion: '0.1.0',
    }
  }

  /** The same members as the phone's own request has (`device/sync/exchange.ts`). */
  #rest(run: Pick<SyncRequest, 'run'>): string {
    const request: Omit<SyncRequest, 'after' | 'mark' | 'scope'> = {
      epoch: this.#epoch, campaignId: this.#campaignId, deviceId: this.deviceId, limit: 500, want: this.#want, appVersion: '0.1.0',
      manifest: { highDeviceSeq: this.#deviceSeq, pendingChanges: 0, pendingFiles: 0, pendingBytes: 0, pendingEntries: 0 }, sentAt: instantOf(this.#ground.clock), ...(run.run === undefined ? {} : { ...run, without: 'pushed' }),
    }
    return JSON.stringify(request).slice(1)
  }
}
