import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createInvite } from '#server/auth/invites.ts'
import { sentencesIn } from '#server/report/draft.ts'
import { issueDocument } from '#server/report/issue-document.ts'
import { verifyCampaign } from '#server/sync/verify.ts'
import { fillCampaign } from '../../demo/fill-campaign.ts'
import { startTestServer } from '../support/test-server.ts'
import type { TestServer } from '../support/test-server.ts'

async function publishedTree({ context, campaign }: TestServer) {
  const issue = await context.store.reports.issue(campaign.id, 1)
  if (issue === null) throw new Error('nothing was published')
  return { slug: issue.slug, tree: issueDocument(issue).tree }
}

describe('the demonstration', () => {
  let server: TestServer
  let counts: Awaited<ReturnType<typeof fillCampaign>>

  beforeAll(async () => {
    server = await startTestServer()
    await server.app.listen({ port: 0, host: '127.0.0.1' })
    const address = server.app.server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    counts = await fillCampaign(`http://127.0.0.1:${port}`, async (role, uses) => (await createInvite(server.context, { campaignId: server.campaign.id, role, uses, days: 1, note: null, createdBy: null })).url)
  }, 120_000)
  afterAll(() => server.close())

  it('[EX9] at least 300 challenges and 300 actions of the excerpts arrive, and none is quarantined', async () => {
    const { total, facets } = await server.context.store.entries.list(server.campaign.id, { chosen: {}, from: null, to: null, q: null, sort: 'oldest', after: null, limit: 1, facets: ['kind', 'state'] })
    expect(facets['kind']).toEqual({ challenge: counts.challenges, action: counts.actions })
    expect(counts.challenges).toBeGreaterThanOrEqual(300)
    expect(counts.actions).toBeGreaterThanOrEqual(300)
    expect(total).toBe(counts.challenges + counts.actions)
    expect(facets['state']).toMatchObject({ approved: counts.approved, hasIssues: counts.asked })
    expect(await server.context.store.changes.quarantined(server.campaign.id)).toEqual([])
  })

  it('[EX9] its report is published: each sentence rests on entries, and numbers are those of the report', async () => {
    const { slug, tree } = await publishedTree(server)
    const sentences = sentencesIn(tree)
    expect(sentences.length).toBeGreaterThan(6)
    expect(sentences.filter(({ unsupported }) => unsupported)).toEqual([])
    expect(sentences.flatMap(({ parts }) => parts.filter((part) => typeof part !== 'string' && part.count === null))).toEqual([])
    expect(counts.report.endsWith(`/r/${slug}`)).toBe(true)
  })

  it('[EX9] every hash, chain and seal of the filled campaign holds', async () => {
    const { faults, changes } = await verifyCampaign(server.context.store, server.campaign.id)
    expect(faults).toEqual([])
    expect(changes).toBeGreaterThan(counts.challenges + counts.actions)
  })
})
