import { createServer } from 'node:http'
import process from 'node:process'
import { openDatabase } from '../../src/server/store/sqlite/open-sqlite-store.ts'

// What is left when nothing is asked, checked or listed: a request, JSON, one commit that is on the disk, an answer. It is no product; it is what
// this machine gives in this minute, so that what the real server costs can be compared on machines that are busy.
const [folder = '.'] = process.argv.slice(2)
const database = openDatabase(`${folder}/bare.db`)
database.exec('create table changes (seq integer primary key, id text not null unique, entry_id text not null, text text not null)')
const insert = database.prepare('insert into changes (id, entry_id, text) values (?, ?, ?) on conflict do nothing')

interface Sent {
  readonly run: { readonly changes: readonly { readonly id: string; readonly entryId: string }[] }
}

// A client waits while the other server is measured, and its connection is to stand when it goes on.
const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
  const pieces: Buffer[] = []
  request.on('data', (piece: Buffer) => pieces.push(piece)).on('end', () => {
    const { run } = JSON.parse(Buffer.concat(pieces).toString('utf8')) as Sent
    database.exec('begin immediate')
    const results = run.changes.map((change) => ({ id: change.id, status: 'stored', seq: Number(insert.run(change.id, change.entryId, JSON.stringify(change)).lastInsertRowid) }))
    database.exec('commit')
    const body = JSON.stringify({ results, items: [], next: 0, scope: null, more: false })
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body)
  })
}).listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : null })
})
process.on('disconnect', () => process.exit(0))
