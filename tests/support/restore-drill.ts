import { join } from 'node:path'
import { Dexie } from 'dexie'
import type { FastifyInstance } from 'fastify'
import type { EntryId, Sha256 } from '#domain/ids.ts'
import type { Device } from '#device/device.ts'
import type { DeviceGround, FetchInit, FetchResponse } from '#device/device-ground.ts'
import type { UploadFile } from '#device/upload-file.ts'
import { openDevice } from '#device/open-device.ts'
import { fail, ok } from '#domain/result.ts'
import { listBackups } from '#server/backup/folder.ts'
import { createInvite } from '#server/auth/invites.ts'
import { verifyFiles } from '#server/files/verify-files.ts'
import { createCampaign } from '#server/first-campaign.ts'
import type { StoredCampaign } from '#server/store/store.ts'
import { verifyCampaign } from '#server/sync/verify.ts'
import { CookieJar } from './cookie-jar.ts'
import { BackupServer } from './backup-server.ts'
import { aChallenge } from './contents.ts'
import type { DatabaseName } from './databases.ts'
import { newDatabaseName, until } from './phone.ts'
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
  readonly #files: Sha256[] = []

  private constructor(server: BackupServer, campaign: StoredCampaign, next: (below: number) => number) {
    this.#server = server
    this.#campaign = campaign
    this.#next = next
  }

  static async start(seed: string, database: DatabaseName = 'SQLite'): Promise<RestoreDrill> {
    const server = await BackupServer.start({ clock: steppedClock(), chance: seededChance(seed) }, database)
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
        for (let entry = this.#next(3); entry > 0; entry -= 1) await this.#save(phone.device)
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

  /** Entries that are not called safe although a backup has been made since everybody was back. */
  async notSafe(): Promise<readonly EntryId[]> {
    await this.#backUp()
    const open: EntryId[] = []
    for (const { device } of this.#phones) {
      await device.syncNow()
      const entries = await until(device.entries, (known) => known.every(({ travel }) => travel === 'safe')).catch(() => device.entries.get() ?? [])
      open.push(...entries.filter(({ travel }) => travel !== 'safe').map(({ state }) => state.id))
    }
    return open
  }

  /** What is wrong with the server, and with what it holds of the entries that were confirmed on the phones. */
  async wrongs(): Promise<Readonly<Record<string, readonly unknown[]>>> {
    const { store } = this.#server.context
    const records = (await store.changes.scan(this.#campaign.id, 0, 10_000)).filter(({ type }) => type === 'record')
    const entries = records.map(({ entryId }) => entryId)
    const refs = records.map(({ ref }) => ref)
    return {
      missing: this.#saved.filter((id) => !entries.includes(id)),
      filesMissing: await this.#lackingFiles(),
      doubled: entries.filter((id, index) => entries.indexOf(id) !== index),
      unknown: entries.filter((id) => id === null || !this.#saved.includes(id)),
      refsGivenTwice: refs.filter((ref, index) => ref === null || refs.indexOf(ref) !== index),
      quarantined: await store.changes.quarantined(this.#campaign.id),
      faults: [...(await verifyCampaign(store, this.#campaign.id)).faults, ...(await verifyFiles(this.#server.context, this.#campaign.id)).faults],
      differing: (await store.entries.rebuild(this.#campaign.id)).differing,
      alarms: await store.changes.alarms(this.#campaign.id),
    }
  }

  get photos(): number {
    return this.#files.length
  }

  /** The phones' databases go too: a deep run has hundreds of them, all in memory. */
  async close(): Promise<void> {
    for (const { device, ground } of this.#phones) {
      device.close()
      await Dexie.delete(ground.databaseName)
    }
    await this.#server.close()
  }

  /** Every second entry or so with a photo. */
  async #save(device: Device): Promise<void> {
    const draft = await device.createDraft('challenge')
    await device.writeDraft(draft.id, { fields: { ...aChallenge({ description: `Entry ${this.#saved.length} of the drill.`, consentPhoto: true }) } })
    if (this.#next(2) === 0) {
      const bytes = this.#server.ground.chance.bytes(2000 + this.#next(500))
      const photo = await device.addPhoto(draft.id, { bytes: bytes.slice().buffer, type: 'image/webp', width: 64, height: 48, thumb: bytes.slice(0, 40).buffer })
      if (!photo.ok) throw new Error(JSON.stringify(photo.problem))
      this.#files.push(photo.value)
    }
    const saved = await device.saveDraft(draft.id)
    if (!saved.ok) throw new Error(JSON.stringify(saved.problem))
    this.#saved.push(saved.value)
  }

  /** Photos and their thumbnails that were confirmed on a phone and that the server does not keep, or has given no receipt for. */
  async #lackingFiles(): Promise<readonly string[]> {
    const { store } = this.#server.context
    const lacking = []
    for (const sha256 of this.#files) {
      const [entry] = await store.files.namedBy(this.#campaign.id, sha256)
      const state = entry === undefined ? null : await store.entries.state(this.#campaign.id, entry)
      const named = (state?.content['photos'] ?? []) as readonly { readonly sha256: Sha256; readonly thumb: { readonly sha256: Sha256 } }[]
      for (const hash of [sha256, named.find((photo) => photo.sha256 === sha256)?.thumb.sha256]) {
        if (hash === undefined || (await store.files.get(this.#campaign.id, hash)) === null || state?.storedFiles.includes(hash) !== true) lacking.push(hash ?? `the thumbnail of ${sha256}`)
      }
    }
    return lacking
  }

  async #backUp(): Promise<void> {
    const outcome = await this.#server.backUp()
    if (outcome.kind === 'unverified') throw new Error(outcome.faults.join('\n'))
  }

  async #join(): Promise<void> {
    const { url } = await createInvite(this.#server.context, { campaignId: this.#campaign.id, role: 'volunteer', uses: 1, days: 300, note: null, createdBy: null })
    const cookies = new CookieJar()
    const fetch = async (path: string, { method, headers, body }: FetchInit): Promise<FetchResponse> => {
      const response = await this.#server.app.inject({ method: method as 'GET', url: path, headers: { ...headers, ...cookies.header }, ...(typeof body === 'string' ? { payload: body } : {}) })
      cookies.keep(response.headers['set-cookie'])
      return { status: response.statusCode, headers: { get: (name) => (response.headers[name] === undefined ? null : String(response.headers[name])) }, text: () => Promise.resolve(response.body) }
    }
    const ground = testGround({ databaseName: newDatabaseName(), fetch, seed: url, upload: (file) => uploadBy(this.#server.app, cookies, file) })
    const device = await openDevice(ground)
    const joined = await device.join({ invite: url.split('#')[1] ?? '', name: 'Awa', language: 'en' })
    if (!joined.ok) throw new Error(joined.problem.code)
    this.#phones.push({ device, ground })
  }
}

/** As tus does it: where is it, make it, send it. A server that has lost the session says so. */
async function uploadBy(app: FastifyInstance, cookies: CookieJar, { sha256, type, entryId, campaignId, deviceId, bytes }: UploadFile): ReturnType<DeviceGround['upload']> {
  const headers = { ...cookies.header, 'x-terrain': deviceId, 'tus-resumable': '1.0.0' }
  const metadata = Object.entries({ sha256, type, entryId, campaignId }).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(',')
  const url = `/api/v1/files/${campaignId}.${deviceId}.${sha256}`
  const head = await app.inject({ method: 'HEAD', url, headers })
  if (head.statusCode === 200 && head.headers['upload-offset'] === String(bytes.byteLength)) return ok(null)
  const made = await app.inject({ method: 'POST', url: '/api/v1/files', headers: { ...headers, 'upload-length': String(bytes.byteLength), 'upload-metadata': metadata } })
  const sent = made.statusCode === 201 ? await app.inject({ method: 'PATCH', url, headers: { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }, payload: Buffer.from(bytes) }) : made
  return sent.statusCode === 204 ? ok(null) : fail({ kind: 'refused', code: sent.statusCode === 401 ? 'no-session' : `upload-${sent.statusCode}` })
}
