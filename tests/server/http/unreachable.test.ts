import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importRows } from '#server/transfer/import-table.ts'
import { aChallenge } from '../../support/contents.ts'
import { databases } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

describe.each(databases)('whether anybody gets a question, on %s', (database) => {
  let server: TestServer
  beforeAll(async () => void (server = await startTestServer({ database })))
  afterAll(() => server.close())

  it('[SE508] is said of an entry as long as its author has a device, and of what came with a table', async () => {
    const [awa, ruth] = [await server.join('volunteer'), await server.join('coordinator')]
    const record = awa.change('record', { content: aChallenge() })
    await awa.push([record])
    const read = async (id: string) => (await ruth.get(`/entries/${id}`)) as { readonly unreachable?: string }
    expect(await read(record.entryId)).not.toHaveProperty('unreachable')
    await server.context.store.members.revokeDevice(server.campaign.id, awa.deviceId, '2026-03-01T08:00:00Z' as never)
    expect(await read(record.entryId)).toMatchObject({ unreachable: 'left' })

    const plan = { kind: 'challenge', columns: { observedOn: 0, placeName: 1, description: 2 }, constants: { country: 'HTI', topic: 'WSH', severity: '3', sourceType: 'secondary', lang: 'en', populationGroup: 'GEN' }, values: {}, dayOrder: 'dmy' } as never
    await importRows(server.context, { campaign: server.campaign, memberId: ruth.joined.member.id } as never, { text: 'date,place,description\n2026-02-03,Jacmel,The bridge is gone since the storm.\n', how: plan })
    const ids = await server.context.store.entries.ids(server.campaign.id, {})
    expect(ids).toHaveLength(2)
    expect(await read(ids.find((id) => id !== record.entryId) ?? '')).toMatchObject({ unreachable: 'table' })
  })
})
