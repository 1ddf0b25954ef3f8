import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChangeEnvelope } from '#domain/change.ts'
import { csvRows } from '#exchange/csv.ts'
import { hashContent } from '#protocol/chain.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge, anAction } from '../../support/contents.ts'
import { databases } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'
import { unzipped } from '../../support/unzipped.ts'

describe.each(databases)('what answers what, as a file, on %s', (database) => {
  let server: TestServer
  let coordinator: ScriptDevice
  let volunteer: ScriptDevice
  beforeAll(async () => {
    server = await startTestServer({ database })
    ;[coordinator, volunteer] = [await server.join('coordinator'), await server.join('volunteer')]
  })
  afterAll(() => server.close())

  const take = async (format: string) => server.app.inject({ method: 'GET', url: `/api/v1/export?format=${format}`, headers: { ...coordinator.headers, ...(await coordinator.proof('GET', `/export?format=${format}`)) } })
  const rows = async () => csvRows((await take('links')).payload).slice(2).map((row) => [row[0], row[1], row[3], row[4]].join(' '))
  const approve = async ({ id, entryId, body }: ChangeEnvelope) => coordinator.change('decide', { revision: id, contentHash: await hashContent({ content: (body as { content: object }).content, corrections: {} } as never, (text) => Promise.resolve(sha256Of(text))), verdict: 'approve', questions: [] }, { entryId, base: id })
  async function tie(by: ScriptDevice, from: ChangeEnvelope, about: object): Promise<ChangeEnvelope> {
    const link = by.change('link', about as never, { entryId: from.entryId, base: from.id })
    await by.push([link])
    return link
  }

  it('[SE901] holds each link between approved entries as long as it stands and both may leave, and none of what is sensitive', async () => {
    const contents = [aChallenge(), aChallenge({ description: 'The same closed school once more.' }), aChallenge({ topic: 'PRO', description: 'Women report threats on the way.' }), anAction()]
    const [school, again, threats, radio] = contents.map((content) => volunteer.change('record', { content })) as [ChangeEnvelope, ChangeEnvelope, ChangeEnvelope, ChangeEnvelope]
    await volunteer.push([school, again, threats, radio])
    await tie(volunteer, radio, { to: school.entryId, kind: 'answers', coverage: 'fully' })
    await tie(volunteer, radio, { to: threats.entryId, kind: 'answers', coverage: 'partly' })
    const repeated = await tie(coordinator, again, { to: school.entryId, kind: 'duplicateOf' })
    await coordinator.push([await approve(school), await approve(threats), await approve(radio)])
    expect(await rows()).toEqual(['A-000001 answers C-000001 fully'])
    await coordinator.push([await approve(again)])
    expect(await rows()).toEqual(['C-000002 duplicateOf C-000001 ', 'A-000001 answers C-000001 fully'])
    const sheet = await take('links-xlsx')
    expect([sheet.headers['content-disposition'], [...unzipped(sheet.rawPayload).values()].join('').includes('duplicateOf')]).toEqual(['attachment; filename="links.xlsx"', true])
    await coordinator.push([coordinator.change('unlink', { link: repeated.id }, { entryId: again.entryId, base: repeated.id })])
    expect(await rows()).toEqual(['A-000001 answers C-000001 fully'])
    await volunteer.push([volunteer.change('withdraw', {}, { entryId: school.entryId, base: school.id })])
    expect(await rows()).toEqual([])
  })

  it('[SE901] is read a page at a time, and every page of it is there', async () => {
    const wells = Array.from({ length: 230 }, (_, n) => volunteer.change('record', { content: aChallenge({ description: `The ${n}th well has been dry since Monday.` }) }))
    await volunteer.push(wells)
    const [first, ...others] = wells
    if (first === undefined) throw new Error('the first well')
    await volunteer.push(others.map((well) => volunteer.change('link', { to: first.entryId, kind: 'updateOf' } as never, { entryId: well.entryId, base: well.id })))
    await coordinator.push(await Promise.all(wells.map(approve)))
    expect((await rows()).filter((row) => row.includes('updateOf'))).toHaveLength(229)
  })
})
