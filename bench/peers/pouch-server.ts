import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'
import type { PouchConstructor } from './pouch-types.ts'

// A PouchDB server as CHT ran one: express-pouchdb over LevelDB, in a process of its own. Tells its port, and then how many requests it has had.
const [folder = '.'] = process.argv.slice(2)
const load = createRequire(import.meta.url)
const PouchDB = (load('pouchdb') as PouchConstructor).defaults({ prefix: `${folder}/server-` })
const app = (load('express-pouchdb') as (pouch: PouchConstructor, options: object) => RequestListener)(PouchDB, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: join(folder, 'log.txt') })
let requests = 0
const server = createServer((request, response) => {
  requests += 1
  app(request, response)
}).listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : null })
})
process.on('message', () => process.send?.({ requests }))
process.on('disconnect', () => process.exit(0))
