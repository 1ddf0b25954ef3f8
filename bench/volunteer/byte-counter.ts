import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'

export interface ByteCounter {
  readonly url: string
  /** What the server has sent so far, headers included. */
  readonly sent: () => number
  /** What it was asked, headers included. */
  readonly asked: () => number
  readonly close: () => Promise<void>
}

/** Stands before the server and counts what passes: pages, workers and all, which no page of the browser's tools sees together. */
export async function relayTo(port: number): Promise<ByteCounter> {
  let [sent, asked] = [0, 0]
  const open = new Set<Socket>()
  const relay = createServer((client) => {
    const server = connect(port, '127.0.0.1')
    for (const [one, other] of [[client, server], [server, client]] as const) {
      open.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
    server.on('data', ({ length }) => (sent += length))
    client.on('data', ({ length }) => (asked += length))
  }).listen(0, '127.0.0.1')
  await once(relay, 'listening')
  const address = relay.address()
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return {
    url: `http://localhost:${address.port}`,
    sent: () => sent,
    asked: () => asked,
    close: async () => {
      for (const socket of open) socket.destroy()
      relay.close()
      await once(relay, 'close')
    },
  }
}
