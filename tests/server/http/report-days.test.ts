import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { campaignDay, daysThere } from '#server/report/campaign-day.ts'
import { settingsOf } from '#server/report/draft.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

const usual = (now: string, ...countries: string[]) => {
  const { from, to } = settingsOf({ settings: null }, { countries, now: Date.parse(now) })
  return [from, to]
}

describe('the days of a report', () => {
  it('[SE985] nobody has set end with the day that it is where the campaign takes place, and begin with a month that has begun and ended there', () => {
    // A quarter past midnight in Nepal; eleven in the morning, and the evening before, in Vanuatu and Haiti.
    expect(usual('2026-11-30T18:30:00Z', 'NPL')).toEqual(['2026-10-01', '2026-12-01'])
    expect(usual('2026-11-30T13:30:00Z', 'VUT')).toEqual(['2026-10-01', '2026-12-01'])
    expect(usual('2026-12-01T03:00:00Z', 'HTI')).toEqual(['2026-09-01', '2026-11-30'])
    expect(usual('2026-12-01T03:00:00Z', 'HTI', 'NPL')).toEqual(['2026-09-01', '2026-12-01'])
  })

  it('[SE985] that stand on it are those of the campaign too, of several zones the one that is nearest to UTC', () => {
    const late = '2026-11-30T18:30:00Z'
    expect([campaignDay(late, ['NPL']), campaignDay(late, ['HTI', 'NPL']), campaignDay('2026-12-01T03:00:00Z', ['HTI'])]).toEqual(['2026-12-01', '2026-11-30', '2026-11-30'])
    expect(campaignDay('2026-12-01T01:00:00Z', ['USA'])).toBe('2026-11-30')
  })

  it('[SE985] are those of the machine where the campaign names no country that has a zone', () => {
    const here = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short' }).format(new Date('2026-11-30T18:30:00Z'))
    expect([daysThere('2026-11-30T18:30:00Z', []), daysThere('2026-11-30T18:30:00Z', ['XKX'])]).toEqual([{ first: here, last: here }, { first: here, last: here }])
  })
})

describe('publishing over midnight', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({})
  })
  afterAll(() => server.close())

  it('[SE986] publishes nothing of other days than those that were read', async () => {
    const ruth = await server.join('coordinator')
    const path = '/reports/draft/publish'
    const publish = async (days: object) => {
      const payload = { settings: 0, parts: [], days }
      return (await server.app.inject({ method: 'POST', url: `/api/v1${path}`, headers: { ...ruth.headers, ...(await ruth.proof('POST', path, payload)) }, payload })).statusCode
    }
    const { settings } = (await server.app.inject({ method: 'GET', url: '/api/v1/reports/draft', headers: ruth.headers })).json<{ settings: { from: string; to: string } }>()
    const { from, to } = settings
    expect([await publish({ from: '2025-01-01', to }), await publish({ from, to })]).toEqual([412, 201])
  })
})
