import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EntryContent } from '../../src/domain/entry.ts'
import { importTable } from '../../src/exchange/import-table.ts'

const excerpt = join(import.meta.dirname, '../../demo/data/disaster-response-messages.excerpt.csv')

/** The nth of as many entries as anybody wants: what people really wrote (the messages of the demonstration), each with a place and a number of its own, so that no two are the same. */
export function fieldEntries(): (n: number) => EntryContent {
  const rows = importTable(readFileSync(excerpt, 'utf8'))?.accepted ?? []
  return (n) => {
    const content = rows[n % rows.length]?.content
    if (content === undefined) throw new Error('the messages of the demonstration cannot be read')
    return { ...content, adm1Name: `Region ${n % 17}`, placeName: `Place ${n}` } as EntryContent
  }
}
