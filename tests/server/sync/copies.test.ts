import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as v from 'valibot'
import type { ChangeEnvelope } from '#domain/change.ts'
import type { SyncRequest } from '#protocol/sync-request.ts'
import { syncResponseSchema } from '#protocol/sync.ts'
import type { ServerContext } from '#server/context.ts'
import { quarantineBytes } from '#server/sync/quarantine-bytes.ts'
import { answerSync } from '#server/sync/sync.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import type { SealingDevice } from '../../support/campaign-on-store.ts'
import { stores } from '../../support/contracts/stores.ts'
import type { OpenedStore } from '../../support/contracts/stores.ts'

let opened: OpenedStore
let campaign: CampaignOnStore
let campaigns = 0
let [author, desk, other]: SealingDevice[] = []

const contextOf = (device: SealingDevice) => device.context as unknown as ServerContext
const actorNow = async (device: SealingDevice) => ({ ...device.actor, epoch: await opened.store.epoch() })
/** As the bytes of one change that something on the way refused. */
const handOver = async (device: SealingDevice, change: ChangeEnvelope) =>
  quarantineBytes(contextOf(device), device.actor, { epoch: await opened.store.epoch(), campaignId: campaign.campaign.id, deviceId: device.person.device.id, id: change.id, bytes: Buffer.from(JSON.stringify(change)).toString('base64') })

/** Each change that comes: its seq, its id and whether it is set aside. */
async function pulled(device: SealingDevice, about: Partial<SyncRequest> = {}): Promise<readonly (readonly [number, string, boolean])[]> {
  const outcome = await answerSync(contextOf(device), await actorNow(device), await device.request(about))
  if (!outcome.ok) throw new Error('another epoch')
  return v.parse(syncResponseSchema, outcome.value).items.flatMap((item) => ('change' in item ? [[item.seq, (item.change as { readonly id: string }).id, 'quarantined' in item] as const] : []))
}

describe.each(stores)('a change that stands twice, as bytes and by its chain, on $name', ({ open }) => {
  beforeAll(async () => void (opened = await open()))
  afterAll(() => opened.remove())
  beforeEach(async () => {
    campaign = await CampaignOnStore.create(opened.store, `copies ${(campaigns += 1)}`)
    ;[author, desk, other] = [await campaign.join('volunteer'), await campaign.join('coordinator'), await campaign.join('coordinator')]
  })

  // Seed 13001017: the author's phone took the copy for the verdict, in the copy's place, which came before another verdict.
  it('[SE323] comes to everybody as the true one, also when somebody released the copy after it', async () => {
    if (author === undefined || desk === undefined || other === undefined) throw new Error('nobody joined')
    const record = author.record()
    await author.push(record)
    const correction = desk.change('correct', { set: { severity: 5 }, unset: [] }, { entryId: record.entryId, base: record.id })
    await handOver(desk, correction)
    // Nothing but the copy yet: whoever may see what is set aside gets it.
    expect(await pulled(other)).toEqual([[1, record.id, false], [2, correction.id, true]])
    await desk.push(correction)
    const release = other.change('release', { change: correction.id }, { entryId: record.entryId })
    await other.push(release)
    const asItCounts = [[1, record.id, false], [3, correction.id, false], [4, release.id, false]]
    for (const device of [author, desk, other]) expect(await pulled(device)).toEqual(asItCounts)
    expect(await pulled(author, { after: 3 })).toEqual([[4, release.id, false]])
    expect(await pulled(author, { after: 3, want: 'own' })).toEqual([[4, release.id, false]])
  })

  it('[SE324] waits for no person any more once it has come by its chain; other bytes under its id do', async () => {
    if (author === undefined || desk === undefined || other === undefined) throw new Error('nobody joined')
    const [record, forged] = [author.record(), author.record()]
    const altered = { ...forged, body: author.record().body, recordedAt: record.recordedAt }
    await handOver(author, record)
    await handOver(author, altered)
    const waiting = async () => (await opened.store.changes.quarantined(campaign.campaign.id)).map(({ id, seq }) => [id, seq])
    expect(await waiting()).toEqual([[record.id, 1], [forged.id, 2]])
    await author.push(record, forged)
    expect(await waiting()).toEqual([[forged.id, 2]])
  })
})
