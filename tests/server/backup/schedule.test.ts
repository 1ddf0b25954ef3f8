import { describe, expect, it } from 'vitest'
import type { BackupOutcome } from '#server/backup/back-up.ts'
import { isInside, readBackupConfig } from '#server/backup/backup-config.ts'
import { startBackups } from '#server/backup/schedule.ts'
import type { Log } from '#server/log.ts'

const made: BackupOutcome = { kind: 'made', path: 'a', manifest: { format: 1, madeAt: '', epoch: '', schema: [], sha256: '', rows: {}, campaigns: [] } }

describe('the schedule of backups', () => {
  it('[BA10] one is made at once and the next so long after it has ended; a failure is told and does not end it', async () => {
    const waiting: (() => void)[] = []
    const told: string[] = []
    const log: Log = { error: (_, message) => told.push(message), info: () => undefined, debug: () => undefined }
    let now = 0
    let [runs, ended] = [0, 0]
    const run = (): Promise<BackupOutcome> => {
      runs += 1
      if (runs === 2) return Promise.reject(new Error('no space left'))
      return Promise.resolve(runs === 3 ? { kind: 'unverified', path: 'b', faults: ['a file'] } : made)
    }
    const schedule = startBackups({ after: (ms, begin) => {
      expect(ms).toBe(900_000)
      waiting.push(begin)
      return () => waiting.splice(0)
    }, everyMs: 900_000, clock: { now: () => (now += 1000) }, log, run, end: () => void (ended += 1) })
    const statuses = [schedule.status()]
    for (let round = 0; round < 4; round += 1) {
      await settled()
      statuses.push(schedule.status())
      expect(waiting).toHaveLength(1)
      if (round < 3) waiting.pop()?.()
    }
    const [before, first, second, third, fourth] = statuses
    expect([before, first]).toEqual([{ verifiedAt: null, failing: false }, { verifiedAt: '1970-01-01T00:00:01.000Z', failing: false }])
    expect([second, third, fourth]).toEqual([{ ...first, failing: true }, { ...first, failing: true }, { verifiedAt: '1970-01-01T00:00:02.000Z', failing: false }])
    expect(told).toHaveLength(2)
    await schedule.stop()
    expect([runs, ended, waiting]).toEqual([4, 1, []])
  })

  it('[BA14] while another process makes one it is tried again in a minute, and nothing is said to fail', async () => {
    const times: number[] = []
    const log: Log = { error: () => expect.unreachable(), info: () => undefined, debug: () => undefined }
    const schedule = startBackups({ after: (ms) => {
      times.push(ms)
      return () => undefined
    }, everyMs: 900_000, clock: { now: () => 1000 }, log, run: () => Promise.resolve({ kind: 'busy', path: 'a' }), end: () => undefined })
    await settled()
    expect([times, schedule.status()]).toEqual([[60_000], { verifiedAt: null, failing: false }])
    await schedule.stop()
  })

  it('[BA36] one that stands alone where others were made before is told as what a person must look at, and has not failed', async () => {
    const told: string[] = []
    const log: Log = { error: (_, message) => told.push(message), info: () => undefined, debug: () => undefined }
    const schedule = startBackups({ after: () => () => undefined, everyMs: 900_000, clock: { now: () => 1000 }, log, run: () => Promise.resolve({ ...made, isAlone: true }), end: () => undefined })
    await settled()
    expect([told, schedule.status().failing]).toEqual([[expect.stringContaining('is not mounted')], false])
    await schedule.stop()
  })

  it('[BA10] it stands in the environment, every 15 minutes unless another number is named', () => {
    const about = { cwd: '/srv', dataDir: '/srv/data' }
    expect(readBackupConfig({}, about)).toEqual({ ok: true, value: { dir: '/srv/data/backups', everyMs: 900_000 } })
    expect(readBackupConfig({ BACKUP_DIR: '../disk', BACKUP_EVERY: '0' }, about)).toEqual({ ok: true, value: { dir: '/disk', everyMs: null } })
    expect(readBackupConfig({ BACKUP_EVERY: 'daily' }, about)).toMatchObject({ ok: false, problem: [expect.stringContaining('BACKUP_EVERY')] })
    expect([isInside('/srv/data', '/srv/data/backups'), isInside('/srv/data', '/srv/data-2'), isInside('/srv/data', '/disk')]).toEqual([true, false, false])
  })
})

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
}
