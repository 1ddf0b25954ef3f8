import { join } from 'node:path'
import type { EntryId } from '#domain/ids.ts'
import type { Device, FetchInit, FetchResponse } from '#device/device.ts'
import { openDevice } from '#device/open-device.ts'
import { listBackups } from '#server/backup/folder.ts'
import { createInvite } from '#server/auth/invites.ts'
import { createCampaign } from '#server/first-campaign.ts'
import type { StoredCampaign } from '#server/store/store.ts'
import { verifyCampaign } from '#server/sync/verify.ts'
import { BackupServer } from './backup-server.ts'
import { newDatabaseName, savedChallenge } from './phone.ts'
import { seededChance, steppedClock } from './seeded.ts'
import { testGround } from './test-ground.ts'
import type { TestGround } from './test-ground.ts'

interface Phone {
  readonly device: Device
  readonly ground: TestGround
}

/** Phones and a server that is lost; what happens when is drawn from the seed. */
export class RestoreDrill {
  readonly #server: BackupServer
  readonly #campaign: StoredCampaign
  readonly #next: (below: number) => number
  readonly #phones: Phone[] = []
  readonly #saved: EntryId[] = []

  private constructor(server: BackupServer, campaign: StoredCampaign, next: (below: number) => number) {
    this.#server = server
    this.#campaign = campaign
    this.#next = next
  }

  static async start(seed: string): Promise<RestoreDrill> {
    const server = await BackupServer.start({ clock: steppedClock(), chance: seededChance(seed) })
    const campaign = await createCampaign(server.context, { name: 'Solidarity Network', countries: ['HTI'], languages: ['en'] })
    const dice = seededChance(`${seed} dice`)
    const drill = new RestoreDrill(server, campaign, (below) => ((dice.bytes(1)[0] ?? 0) * 256 + (dice.bytes(1)[0] ?? 0)) % below)
    await drill.#join()
    await drill.#join()
    await drill.#backUp()
    return drill
  }

  async days(count: number): Promise<void> {
    for (let day = 0; day < count; day += 1) {
      if (this.#phones.length < 4 && this.#next(3) === 0) await this.#join()
      for (const phone of this.#phones) {
        phone.ground.setOnline(this.#next(3) > 0)
        for (let entry = this.#next(3); entry > 0; entry -= 1) this.#saved.push(await savedChallenge(phone.device, { description: `Entry ${this.#saved.length} of the drill.` }))
        await phone.device.flush()
        if (this.#next(4) === 0) await this.#backUp()
      }
    }
  }

  /** To the newest backup, or with the loss accepted to any. */
  async loseAndRestore(): Promise<void> {
    const before = await this.#server.context.store.epoch()
    await this.#server.lose()
    const isNewest = this.#next(2) === 0
    // Older ones have been thinned out meanwhile.
    const kept = await listBackups(this.#server.root)
    const from = isNewest ? this.#server.root : join(this.#server.root, kept[this.#next(kept.length)] ?? '')
    const outcome = await this.#server.restore(from, { acceptLoss: !isNewest })
    if (outcome.kind !== 'restored' || outcome.faults.length > 0) throw new Error(`the restore was ${JSON.stringify(outcome)}`)
    if ((await this.#server.context.store.epoch()) === before) throw new Error('the epoch is the same')
  }

  /** What each phone says when it has been back: in an order of their own, some after others have taken new numbers. */
  async everybodyReturns(): Promise<readonly Awaited<ReturnType<Device['flush']>>[]> {
    const said = []
    for (const { device, ground } of [...this.#phones].reverse()) {
      ground.setOnline(true)
      await device.syncNow()
      said.push(await device.flush())
    }
    return said
  }

  /** What is wrong with the server, and with what it holds of the entries that were confirmed on the phones. */
  async wrongs(): Promise<Readonly<Record<string, readonly unknown[]>>> {
    const { store } = this.#server.context
    const records = (await store.changes.scan(this.#campaign.id, 0, 10_000)).filter(({ type }) => type === 'record')
    const entries = records.map(({ entryId }) => entryId)
    const refs = records.map(({ ref }) => ref)
    return {
      missing: this.#saved.filter((id) => !entries.includes(id)),
      doubled: entries.filter((id, index) => entries.indexOf(id) !== index),
      unknown: entries.filter((id) => id === null || !this.#saved.includes(id)),
      refsGivenTwice: refs.filter((ref, index) => ref === null || refs.indexOf(ref) !== index),
      quarantined: await store.changes.quarantined(this.#campaign.id),
      faults: (await verifyCampaign(store, this.#campaign.id)).faults,
      differing: (await store.entries.rebuild(this.#campaign.id)).differing,
      alarms: await store.changes.alarms(this.#campaign.id),
    }
  }

  close(): Promise<void> {
    return this.#server.close()
  }

  async #backUp(): Promise<void> {
    const outcome = await this.#server.backUp()
    if (outcome.kind === 'unverified') throw new Error(outcome.faults.join('\n'))
  }

  async #join(): Promise<void> {
    const { url } = await createInvite(this.#server.context, { campaignId: this.#campaign.id, role: 'volunteer', uses: 1, days: 300, note: null, createdBy: null })
    let cookie = ''
    const fetch = async (path: string, { method, headers, body }: FetchInit): Promise<FetchResponse> => {
      const response = await this.#server.app.inject({ method: method as 'GET', url: path, headers: { ...headers, ...(cookie === '' ? {} : { cookie }) }, ...(typeof body === 'string' ? { payload: body } : {}) })
      const set = response.headers['set-cookie']
      if (set !== undefined) cookie = String(set).split(';')[0] ?? ''
      return { status: response.statusCode, headers: { get: (name) => (response.headers[name] === undefined ? null : String(response.headers[name])) }, text: () => Promise.resolve(response.body) }
    }
    const ground = testGround({ databaseName: newDatabaseName(), fetch, seed: url })
    const device = await openDevice(ground)
    const joined = await device.join({ invite: url.split('#')[1] ?? '', name: 'Awa', language: 'en' })
    if (!joined.ok) throw new Error(joined.problem.code)
    this.#phones.push({ device, ground })
  }
}
