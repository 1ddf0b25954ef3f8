import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { begun, said } from './child.ts'
import type { PouchOrder } from './pouch-phone.ts'

export interface PouchPair {
  /** Of the server's process. */
  readonly serverPid: number
  readonly phonePid: number
  readonly port: number
  /** Milliseconds that the phone took, and documents that the server has taken. */
  readonly run: (order: PouchOrder) => Promise<{ readonly ms: number; readonly written: number }>
  readonly requests: () => Promise<number>
  readonly stop: () => Promise<void>
}

const portSchema = v.object({ port: v.number() })
const requestsSchema = v.object({ requests: v.number() })
const doneSchema = v.object({ ms: v.number(), written: v.number() })

/** PouchDB and a PouchDB server, each in a process of its own on a folder that `stop` removes. LevelDB is not asked to wait for the disk: that is how both come. */
export async function startPouch(): Promise<PouchPair> {
  const folder = await mkdtemp(join(tmpdir(), 'terrain-pouch-'))
  const [server, phone] = [begun('pouch-server.ts', folder), begun('pouch-phone.ts', folder)]
  const [{ port }] = [v.parse(portSchema, await said(server)), await said(phone)]
  return {
    port, serverPid: server.pid ?? NaN, phonePid: phone.pid ?? NaN,
    run: async (order) => {
      phone.send(order)
      const answer = await said(phone)
      if (!v.is(doneSchema, answer)) throw new Error(`PouchDB could not ${order.act}: ${JSON.stringify(answer)}`)
      return answer
    },
    requests: async () => {
      server.send('requests')
      return v.parse(requestsSchema, await said(server)).requests
    },
    stop: async () => {
      for (const child of [phone, server]) {
        const ended = once(child, 'exit')
        child.disconnect()
        await ended
      }
      await rm(folder, { recursive: true, force: true })
    },
  }
}
