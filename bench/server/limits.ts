import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../src/server/store/sqlite/open-sqlite-store.ts'
import { asked } from '../load/databases.ts'

const row = 'x'.repeat(900)

/** What the disk under the same folder gives at best, in this very minute: rows of an entry's size with nothing asked and nothing checked. */
export interface Limits {
  /** One row a commit, on a database that is opened as the product opens its own. */
  readonly singleCommits: () => number
  /** Rows a second in commits of 100. */
  readonly rowsInHundreds: () => number
  /** Appends of a row to a file, each forced to the disk. */
  readonly fsyncs: () => number
  readonly close: () => void
}

export function openLimits(): Limits {
  const folder = mkdtempSync(join(tmpdir(), 'terrain-limits-'))
  const database = openDatabase(join(folder, 'raw.db'))
  database.exec('create table rows (seq integer primary key, key text not null unique, text text not null)')
  const insert = database.prepare('insert into rows (key, text) values (?, ?)')
  const file = openSync(join(folder, 'raw'), 'a')
  return {
    singleCommits: () => perSecond(600, () => void insert.run(crypto.randomUUID(), row)),
    rowsInHundreds: () => 100 * perSecond(60, () => {
      database.exec('begin immediate')
      for (let at = 0; at < 100; at += 1) insert.run(crypto.randomUUID(), row)
      database.exec('commit')
    }),
    fsyncs: () => perSecond(600, () => {
      writeSync(file, row)
      fsyncSync(file)
    }),
    close: () => {
      database.close()
      closeSync(file)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Commits a second of one row each on one connection to PostgreSQL, as the product's are. */
export function singleCommitsOn(url: string): Promise<number> {
  return asked(url, async (client) => {
    await client.query('create table if not exists raw_rows (seq bigserial primary key, key text not null unique, text text not null)')
    const began = performance.now()
    const times = 300
    for (let at = 0; at < times; at += 1) await client.query({ name: 'insert', text: 'insert into raw_rows (key, text) values ($1, $2)', values: [crypto.randomUUID(), row] })
    return (times * 1000) / (performance.now() - began)
  })
}

function perSecond(times: number, work: () => void): number {
  const began = performance.now()
  for (let at = 0; at < times; at += 1) work()
  return (times * 1000) / (performance.now() - began)
}
