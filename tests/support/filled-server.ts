import { createQuestionId } from '#domain/ids.ts'
import { hashContent } from '#protocol/chain.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import { ScriptDevice, systemDeps } from '../../demo/script-device.ts'
import { startAppServer } from './app-server.ts'
import type { AppServer } from './app-server.ts'
import { aChallenge, anAction } from './contents.ts'

/** A server that already holds a few entries in several states, so that the desk has something to show. */
export async function startFilledServer(): Promise<AppServer & { readonly entryId: string }> {
  const server = await startAppServer()
  const deps = systemDeps(server.url)
  const volunteer = await ScriptDevice.join(deps, await server.invite('volunteer'), { name: 'Mirlande', organisation: 'Fanm Vanyan', language: 'fr' })
  const coordinator = await ScriptDevice.join(deps, await server.invite('coordinator'), { name: 'Jean', organisation: 'Solidarity Network', language: 'en' })
  const contents = [
    aChallenge(), aChallenge({ topic: 'WSH', severity: 5, description: 'Le point d’eau est loin ; les filles y vont avant l’aube, seules. Appelez le +509 3712 3456.', lang: 'fr' }),
    aChallenge({ topic: 'HEA', severity: 1, description: 'نقطة المياه بعيدة والناس ينتظرون منذ الفجر.', lang: 'ar', country: 'LBN', placeName: 'طرابلس' }), anAction(), anAction({ status: 'planned', reached: undefined } as never),
  ].map((content) => Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined)) as typeof content)
  const records = contents.map((content) => volunteer.change('record', { content: content as never }))
  await volunteer.push(records)
  const [asked, , approved] = records
  if (asked === undefined || approved === undefined) throw new Error('records are missing')
  const hashOf = (record: typeof asked) => hashContent({ content: record.body.content, corrections: {} }, (text) => Promise.resolve(sha256Of(text)))
  await coordinator.push([
    coordinator.change('decide', { revision: asked.id, contentHash: await hashOf(asked), verdict: 'askBack', questions: [{ id: createQuestionId(deps.clock, deps.chance), field: 'placeName', text: 'Which part of the town?' }] }, { entryId: asked.entryId, base: asked.id }),
    coordinator.change('decide', { revision: approved.id, contentHash: await hashOf(approved), verdict: 'approve', questions: [] }, { entryId: approved.entryId, base: approved.id }),
  ])
  return { ...server, entryId: asked.entryId }
}
