import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { Client } from 'pg'

/** A pooler before a database that has one session of it, and lends it to whoever asks, for a transaction each (`pool_mode = transaction`). */
export interface LendingPooler {
  readonly url: string
  readonly close: () => Promise<void>
}

/** Authenticated (it asks nothing), and ready. */
const welcome = Buffer.from([...message('R', [0, 0, 0, 0]), ...message('Z', [0x49])])

export async function createLendingPooler(url: string): Promise<LendingPooler> {
  const client = new Client(url)
  await client.connect()
  const { stream } = (client as Client & { readonly connection: { readonly stream: Socket } }).connection
  stream.removeAllListeners('data')
  const people = new Set<Socket>()
  const waiting: { readonly socket: Socket; readonly bytes: Buffer }[] = []
  let holder: Socket | null = null
  let unanswered = 0
  const lend = (): void => {
    const next = holder === null ? waiting.findIndex(() => true) : waiting.findIndex(({ socket }) => socket === holder)
    const [taken] = next < 0 ? [] : waiting.splice(next, 1)
    if (taken === undefined) return
    holder = taken.socket
    unanswered += messagesIn(taken.bytes).filter(([type]) => type === 'Q' || type === 'S').length
    stream.write(taken.bytes)
    lend()
  }
  let rest: Buffer = Buffer.alloc(0)
  stream.on('data', (bytes: Buffer) => {
    if (holder?.writable === true) holder.write(bytes)
    rest = Buffer.concat([rest, bytes])
    for (const [type, body] of messagesIn(rest)) {
      rest = rest.subarray(body.length + 5)
      if (type !== 'Z') continue
      unanswered -= 1
      if (unanswered === 0 && body[0] === 0x49) holder = null
    }
    lend()
  })
  const server = createServer((socket) => {
    people.add(socket)
    socket.on('error', () => undefined)
    socket.once('data', () => {
      socket.write(welcome)
      socket.on('data', (bytes: Buffer) => {
        if (bytes[0] === 0x58) return
        waiting.push({ socket, bytes })
        lend()
      })
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = new URL(url)
  address.port = String((server.address() as AddressInfo).port)
  return {
    url: address.href,
    close: async () => {
      for (const socket of people) socket.destroy()
      server.close()
      await client.end()
    },
  }
}

function message(type: string, body: readonly number[]): readonly number[] {
  return [type.charCodeAt(0), 0, 0, 0, body.length + 4, ...body]
}

/** The whole messages at the beginning of what has come, each with its body. */
function messagesIn(bytes: Buffer): readonly (readonly [type: string, body: Buffer])[] {
  const messages: (readonly [string, Buffer])[] = []
  for (let at = 0; at + 5 <= bytes.length; at += 1 + bytes.readUInt32BE(at + 1)) {
    const end = at + 1 + bytes.readUInt32BE(at + 1)
    if (end > bytes.length) break
    messages.push([String.fromCharCode(bytes[at] ?? 0), bytes.subarray(at + 5, end)])
  }
  return messages
}
