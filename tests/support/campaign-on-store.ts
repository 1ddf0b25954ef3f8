import { changeText, contentText, linkText } from '#protocol/chain.ts'
import type { ChangeBody, ChangeEnvelope, ChangeType } from '#domain/change.ts'
import type { EntryContent } from '#domain/entry.ts'
import { foldEntry } from '#domain/fold.ts'
import type { Chance, ChangeId, Clock, EntryId, Sha256 } from '#domain/ids.ts'
import { createCampaignId, createChangeId, createDeviceId, createEntryId, createMemberId, instantOf } from '#domain/new-ids.ts'
import type { Role } from '#protocol/membership.ts'
import type { Run, SyncRequest } from '#protocol/sync-request.ts'
import { createServerKeyPair, signText } from '#server/auth/keys.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import type { Store, StoredCampaign, StoredDevice, StoredMember } from '#server/store/store.ts'
import { receiveRun } from '#server/sync/receive-run.ts'
import { aChallenge } from './contents.ts'
import { seededChance, steppedClock } from './seeded.ts'

/** A campaign straight on a store, without HTTP: for tests of the store and of sync. */
export class CampaignOnStore {
  readonly store: Store
  readonly campaign: StoredCampaign
  readonly ground: { readonly clock: Clock; readonly chance: Chance }

  private constructor(store: Store, campaign: StoredCampaign, ground: CampaignOnStore['ground']) {
    this.store = store
    this.campaign = campaign
    this.ground = ground
  }

  static async create(store: Store, seed = 'one'): Promise<CampaignOnStore> {
    const [clock, chance] = [steppedClock(), seededChance(seed)]
    const campaign: StoredCampaign = {
      id: createCampaignId(clock, chance), name: 'Solidarity Network', countries: ['HTI'], languages: ['en'], startsOn: null, urgentHelp: null, ...createServerKeyPair(),
      serverDeviceId: createDeviceId(clock, chance), serverMemberId: createMemberId(clock, chance), defaultSensitivity: 'moderate',
    }
    await store.campaigns.create(campaign, instantOf(clock))
    const own = new CampaignOnStore(store, campaign, { clock, chance })
    const { member, device } = own.#person('coordinator', 'Terrain', { deviceId: campaign.serverDeviceId, memberId: campaign.serverMemberId, publicKey: campaign.publicKey })
    await store.members.add(member, device)
    return own
  }

  async join(role: Role, name = role === 'volunteer' ? 'Awa' : 'Ruth'): Promise<SealingDevice> {
    const keys = createServerKeyPair()
    const { clock, chance } = this.ground
    const { member, device } = this.#person(role, name, { deviceId: createDeviceId(clock, chance), memberId: createMemberId(clock, chance), publicKey: keys.publicKey })
    await this.store.members.add(member, device)
    return new SealingDevice(this, { member, device, privateKey: keys.privateKey })
  }

  #person(role: Role, name: string, { deviceId, memberId, publicKey }: { readonly deviceId: StoredDevice['id']; readonly memberId: StoredMember['id']; readonly publicKey: StoredDevice['publicKey'] }): { readonly member: StoredMember; readonly device: StoredDevice } {
    const at = instantOf(this.ground.clock)
    return {
      member: { id: memberId, campaignId: this.campaign.id, role, name, language: 'en', joinedAt: at, endedAt: null },
      device: { id: deviceId, campaignId: this.campaign.id, memberId, publicKey, label: name, createdAt: at, revokedAt: null, lastContactAt: null, appVersion: null, manifest: null },
    }
  }
}

interface Person {
  readonly member: StoredMember
  readonly device: StoredDevice
  readonly privateKey: string
}

/** Makes changes, numbers and seals them, as a device does. */
export class SealingDevice {
  readonly person: Person
  readonly campaign: CampaignOnStore
  #deviceSeq = 0
  #prevHash: Sha256 | null = null

  constructor(campaign: CampaignOnStore, person: Person) {
    this.campaign = campaign
    this.person = person
  }

  get actor() {
    const { member, device } = this.person
    return { role: member.role, memberId: member.id, member, device, campaign: this.campaign.campaign }
  }

  get context() {
    return { store: this.campaign.store, ...this.campaign.ground }
  }

  /** A change as it will be sent; it takes the next deviceSeq. */
  change<Type extends ChangeType>(type: Type, body: ChangeBody<Type>, about: { readonly entryId?: EntryId; readonly base?: ChangeId | null } = {}): ChangeEnvelope {
    const { clock, chance } = this.campaign.ground
    this.#deviceSeq += 1
    return {
      v: 1, id: createChangeId(clock, chance), entryId: about.entryId ?? createEntryId(clock, chance), deviceSeq: this.#deviceSeq, type, base: about.base ?? null, body,
      salt: Buffer.from(chance.bytes(16)).toString('base64url'), recordedAt: instantOf(clock), appVersion: 'test',
    }
  }

  record(content: EntryContent = aChallenge()): ChangeEnvelope {
    return this.change('record', { content })
  }

  /** A run of changes made by `change`, in their order. */
  seal(changes: readonly ChangeEnvelope[], prevHash: Sha256 | null = this.#prevHash): Run {
    const place = { campaignId: this.campaign.campaign.id, deviceId: this.person.device.id }
    let hash = prevHash
    for (const change of changes) hash = sha256Of(linkText(place, { deviceSeq: change.deviceSeq, changeHash: sha256Of(changeText(change)), prevHash: hash }))
    if (hash === null) throw new Error('nothing to seal')
    this.#prevHash = hash
    return { prevHash, changes: [...changes], seal: { deviceSeq: changes.at(-1)?.deviceSeq ?? 0, hash, sig: signText(this.person.privateKey, hash) } }
  }

  /** `store` is another one on the same database, when it goes to another process. */
  send(run: Run, store: Store = this.campaign.store): ReturnType<typeof receiveRun> {
    return receiveRun({ ...this.context, store }, { campaign: this.campaign.campaign, device: this.person.device, carriedBy: this.person.member.id }, run)
  }

  push(...changes: readonly ChangeEnvelope[]): ReturnType<typeof receiveRun> {
    return this.send(this.seal(changes))
  }

  /** A verdict on the entry as this coordinator reads it now. */
  async decide(entryId: EntryId, about: Partial<ChangeBody<'decide'>> & Pick<ChangeBody<'decide'>, 'verdict'>): Promise<ChangeEnvelope> {
    const entry = foldEntry(await this.campaign.store.changes.known(this.campaign.campaign.id, entryId))
    if (entry === null) throw new Error('no such entry')
    return this.change('decide', { revision: entry.revision, contentHash: sha256Of(contentText(entry)), questions: [], ...about }, { entryId, base: entry.head })
  }

  async request(about: Partial<SyncRequest> = {}): Promise<SyncRequest> {
    return {
      epoch: await this.campaign.store.epoch(), campaignId: this.campaign.campaign.id, deviceId: this.person.device.id, after: 0, limit: 500,
      manifest: { highDeviceSeq: this.#deviceSeq, pendingChanges: 0, pendingFiles: 0, pendingBytes: 0 }, ...about,
    }
  }
}
