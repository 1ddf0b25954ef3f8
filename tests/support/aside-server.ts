import type { ChangeEnvelope } from '#domain/change.ts'
import { apiPrefix } from '#protocol/version.ts'
import { ScriptDevice, systemDeps } from '../../demo/script-device.ts'
import type { AppServer } from './app-server.ts'
import { aChallenge } from './contents.ts'
import { startFilledServer } from './filled-server.ts'
import { forkedRun } from './forked-run.ts'

/** A server on which something of each kind went wrong: changes set aside, an alarm, phones that hold something, two values of one field. */
export async function startAsideServer(): Promise<AppServer & { readonly conflictId: string }> {
  const server = await startFilledServer()
  const deps = systemDeps(server.url)
  const marie = await ScriptDevice.join(deps, await server.invite('volunteer'), { name: 'Marie', organisation: 'Espas Jèn', language: 'fr' })
  const amina = await ScriptDevice.join(deps, await server.invite('volunteer'), { name: 'Amina', organisation: 'Fanm Vanyan', language: 'ar' })
  const record = marie.change('record', { content: aChallenge({ placeName: 'Kajulu' }) })
  const revise = (by: ScriptDevice, placeName: string): ChangeEnvelope => by.change('revise', { set: { placeName }, unset: [], answers: [] }, { entryId: record.entryId, base: record.id })
  await marie.push([record, revise(marie, 'Kajulu East'), revise(marie, 'Kajulu West')])
  await amina.push([
    revise(amina, 'Kajulu North'),
    amina.change('comment', { text: 'The well was repaired on Monday.', lang: 'en' }),
    { ...amina.change('comment', { text: 'x', lang: 'en' }, { entryId: record.entryId }), type: 'sing' },
  ])
  const epoch = marie.joined.epoch
  const { headers } = amina
  await deps.send(`${apiPrefix}/sync/quarantine`, { method: 'POST', headers, body: JSON.stringify({ epoch, campaignId: amina.joined.campaign.id, deviceId: amina.deviceId, id: null, bytes: Buffer.from('{"v":1,"type":"rec').toString('base64') }) })
  const sync = await amina.requestFor([])
  await amina.post({ ...sync, manifest: { highDeviceSeq: 7, pendingChanges: 4, pendingFiles: 2, pendingBytes: 9000, pendingEntries: 3 }, sentAt: new Date(deps.clock.now() + 3 * 3_600_000).toISOString() as never })
  const setBack = await forkedRun(marie, [{ ...record, id: revise(marie, 'x').id, body: { content: aChallenge({ placeName: 'Before' }) } }])
  await marie.post({ ...(await marie.requestFor([])), run: setBack })
  return { ...server, conflictId: record.entryId }
}
