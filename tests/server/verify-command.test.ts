import { rm, writeFile } from 'node:fs/promises'
import { createEntryId } from '#domain/new-ids.ts'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rebuildCommand } from '#server/cli/rebuild-command.ts'
import { publishDraft } from '#server/report/publish.ts'
import { verifyCommand } from '#server/cli/verify-command.ts'
import { sha256OfBytes } from '#server/files/verify-files.ts'
import { BackupServer } from '../support/backup-server.ts'
import { CampaignOnStore } from '../support/campaign-on-store.ts'
import { databasesWhenDeep } from '../support/databases.ts'
import type { DatabaseName } from '../support/databases.ts'
import { seededChance, steppedClock } from '../support/seeded.ts'

let server: BackupServer
let on: CampaignOnStore
let place: { readonly campaignId: CampaignOnStore['campaign']['id']; readonly sha256: ReturnType<typeof sha256OfBytes> }
const startOn = async (database: DatabaseName): Promise<void> => {
  server = await BackupServer.start({ clock: steppedClock(), chance: seededChance('verify') }, database)
  const { store, shelf } = server.context
  on = await CampaignOnStore.create(store)
  const volunteer = await on.join('volunteer')
  for (let run = 0; run < 3; run += 1) await volunteer.push(volunteer.record(), volunteer.record())
  const bytes = Buffer.from('photo')
  place = { campaignId: on.campaign.id, sha256: sha256OfBytes(bytes) }
  await shelf.keepBytes('received', place, bytes)
  await shelf.keepBytes('shown', place, Buffer.from('shown'))
  await store.files.put({ ...place, entryId: createEntryId(server.ground.clock, server.ground.chance), type: 'image/jpeg', bytes: 5, uploadedBy: volunteer.person.member.id, storedAt: '2026-03-01T08:00:00.000Z' as never, shownSha256: sha256OfBytes(Buffer.from('shown')), original: 'kept' })
}
afterEach(() => server.close())

describe.each(databasesWhenDeep)('terrain verify and rebuild on %s', (database) => {
  beforeEach(() => startOn(database))

  it.each([
    { name: 'a letter of a change', damage: `update changes set text = replace(text, 'recordedAt', 'recordedat') where seq = 3`, finds: ['change-hash'] },
    { name: 'a missing seq', damage: 'delete from changes where seq = 4', finds: ['seq-gap'] },
    { name: 'a missing last seq', damage: 'delete from changes where seq = 6', finds: ['seq-gap'] },
    { name: 'a broken chain', damage: `update links set prev_hash = (select first.hash from links as first where first.device_seq = 1 and first.device_id = links.device_id) where device_seq = 4`, finds: ['chain-broken'] },
    { name: 'a wrong seal', damage: `update seals set sig = (select sig from seals where device_seq = 2) where device_seq = 4`, finds: ['seal-signature'] },
    { name: 'a missing seal', damage: `delete from seals where device_seq = 6`, finds: ['link-unsealed'] },
  ])('[BA5] verify finds $name', async ({ damage, finds }) => {
    expect(await run(verifyCommand)).toMatchObject({ code: 0, err: '' })
    await server.damage(damage)
    const { code, err } = await run(verifyCommand)
    expect([code, finds.filter((kind) => !err.includes(kind))]).toEqual([1, []])
  })

  it('[BA5] verify finds a published report that was altered', async () => {
    await publishDraft(server.context, on.campaign, { asked: { settings: 0, parts: [] }, by: { memberId: on.campaign.serverMemberId, deviceId: null, at: '2026-04-02T08:00:00Z' as never } })
    expect(await run(verifyCommand)).toMatchObject({ code: 0, err: '' })
    await server.damage(`update report_issues set document = replace(document, 'report.standing', 'report.sitting')`)
    expect(await run(verifyCommand)).toMatchObject({ code: 1, err: expect.stringContaining('issue-digest') as string })
  })

  it('[BA5] verify reads every file again: an altered and a missing one are found, the shown copy too', async () => {
    const path = (kind: string) => join(server.context.config.dataDir, 'files', kind, place.campaignId, place.sha256.slice(0, 2), place.sha256)
    await writeFile(path('received'), 'Photo')
    await writeFile(path('shown'), 'Shown')
    expect(await run(verifyCommand)).toMatchObject({ code: 1, err: `file-altered  ${place.sha256}\nshown-altered  ${place.sha256}\n` })
    await rm(path('received'))
    expect((await run(verifyCommand)).err).toContain('file-missing')
  })

  it('[BA12] rebuild makes the entries from their changes and names what differed; a second time nothing does', async () => {
    await server.damage(`update entries set state = 'approved' where seq = 2`)
    const first = await run(rebuildCommand)
    expect([first.code, first.out]).toEqual([0, expect.stringMatching(/^differed: .*\n6 entries .* 1 differed\.\n$/)])
    expect((await run(rebuildCommand)).out).toContain(' 0 differed.')
  })
})

async function run({ run: command }: typeof verifyCommand): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  let [out, err] = ['', '']
  const code = await command({ context: server.context, values: {}, positionals: [], print: (line) => void (out += `${line}\n`), complain: (line) => void (err += `${line}\n`) })
  return { code, out, err }
}
