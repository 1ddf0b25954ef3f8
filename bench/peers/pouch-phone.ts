import { createRequire } from 'node:module'
import process from 'node:process'
import { fieldEntries } from '../load/field-entries.ts'
import type { Pouch, PouchConstructor } from './pouch-types.ts'

// The other end: a PouchDB over LevelDB in a process of its own, which fills its own database and then replicates it.
const [folder = '.'] = process.argv.slice(2)
const PouchDB = createRequire(import.meta.url)('pouchdb') as PouchConstructor
const entry = fieldEntries()
const open = new Map<string, Pouch>()

/** What is asked for: `fill` a database with so many more documents, or bring it to the server or from there. */
export interface PouchOrder {
  readonly act: 'fill' | 'to' | 'from'
  readonly name: string
  readonly docs?: number
  readonly url?: string
}

let made = 0

async function done({ act, name, docs = 0, url = '' }: PouchOrder): Promise<number> {
  const pouch = open.get(name) ?? new PouchDB(`${folder}/phone-${name}`)
  open.set(name, pouch)
  if (act === 'fill') {
    await pouch.bulkDocs(Array.from({ length: docs }, () => aDocument()))
    return docs
  }
  return (await (act === 'to' ? pouch.replicate.to(url) : pouch.replicate.from(url))).docs_written
}

/** What a change of Terrain says of an entry, without what proves it: there is nothing like that here. */
function aDocument(): object {
  made += 1
  return { _id: crypto.randomUUID(), type: 'data_record', recordedAt: new Date().toISOString(), appVersion: '0.1.0', author: '0195f3a2-7c1e-7d3b-9a4f-2b6c8d0e1f3a', content: entry(made) }
}

process.on('message', (order: PouchOrder) => {
  const began = performance.now()
  done(order).then((written) => process.send?.({ ms: performance.now() - began, written }), (error: unknown) => process.send?.({ failed: String(error) }))
})
process.on('disconnect', () => process.exit(0))
process.send?.({ ready: true })
