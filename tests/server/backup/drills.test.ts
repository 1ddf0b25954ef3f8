import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { RestoreDrill } from '../../support/restore-drill.ts'

const drills = process.env['TERRAIN_TEST'] === 'deep' ? 200 : 5
const nothing = { missing: [], filesMissing: [], doubled: [], unknown: [], refsGivenTwice: [], quarantined: [], faults: [], differing: [], alarms: [] }

describe('restore drills with real phones', () => {
  it.each(Array.from({ length: drills }, (_, index) => index + 1))('[BA13] drill %i: phones go on with words and photos, the server is lost and restored to an earlier moment, the phones return: nothing is missing, nothing doubled, and all is safe after the next backup', async (seed) => {
    // The last ones are about the other database.
    const drill = await RestoreDrill.start(`drill ${seed}`, seed > drills * 0.6 ? 'PostgreSQL' : 'SQLite')
    await drill.days(4)
    await drill.loseAndRestore()
    await drill.days(3)
    if (seed % 2 === 0) await drill.loseAndRestore()
    for (const said of await drill.everybodyReturns()) expect(said).toMatchObject({ pendingChanges: 0, attention: null, problem: null })
    expect(drill.photos).toBeGreaterThan(0)
    expect(await drill.wrongs()).toEqual(nothing)
    expect(await drill.notSafe()).toEqual([])
    await drill.close()
  })
})
