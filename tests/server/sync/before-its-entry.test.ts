import { afterEach, beforeEach, expect, it } from 'vitest'
import { hashContent } from '#protocol/chain.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import { aChallenge } from '../../support/contents.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

let server: TestServer
beforeEach(async () => void (server = await startTestServer()))
afterEach(() => server.close())

it('[SE279] what came before its entry, as from a coordinator who is back before the author after a restore, counts once it is released', async () => {
  const [author, desk] = [await server.join('volunteer'), await server.join('coordinator')]
  const record = author.change('record', { content: aChallenge() })
  const { entryId, id } = record
  const contentHash = await hashContent({ content: aChallenge(), corrections: {} }, (text) => Promise.resolve(sha256Of(text)))
  const early = [
    desk.change('comment', { text: 'Which road?', lang: 'en' }, { entryId, base: id }),
    desk.change('correct', { set: { placeName: 'Kajulu East' }, unset: [] }, { entryId, base: id }),
    desk.change('decide', { revision: id, contentHash, verdict: 'askBack', questions: [{ id: '01890000-0000-7000-8000-000000000777' as never, field: 'placeName', text: 'Which one?' }] }, { entryId, base: id }),
  ]
  expect((await desk.push(early)).results.map(({ problem }) => problem)).toEqual(['unknown-entry', 'unknown-entry', 'unknown-entry'])
  await author.push([record])
  await desk.push(early.map((change) => desk.change('release', { change: change.id, reason: 'It was here before.' }, { entryId })))
  const state = await server.context.store.entries.state(server.campaign.id, entryId)
  expect(state?.comments.map(({ text }) => text)).toEqual(['Which road?'])
  expect(state?.corrections['placeName']).toMatchObject({ value: 'Kajulu East' })
  expect(state?.trail.map(({ step }) => step)).toEqual(['recorded', 'received', 'corrected'])
  expect(state?.decisions.map(({ verdict }) => verdict)).toEqual(['askBack'])
  // A row made anew says the same, and so does the author's phone.
  expect((await server.context.store.entries.rebuild(server.campaign.id)).differing).toEqual([])
  const pulled = await author.post(await author.requestFor([]))
  expect(pulled.items.flatMap((item) => ('change' in item ? [(item as { readonly change: { readonly type: string } }).change.type] : [])).toSorted()).toEqual(['comment', 'correct', 'decide', 'record', 'release', 'release', 'release'])
})
