import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/** Where the next cut falls: after so many bytes on their way up, or of the answers on their way down. */
export interface Cut {
  readonly way: 'up' | 'down'
  readonly bytes: number
}

/** A wire between a phone and a server that ends in the middle of whatever is on it: what came before the cut arrives, no more. */
export interface CuttingWire {
  readonly origin: string
  /** From now on, counting anew; null: never. */
  readonly cutNext: (cut: Cut | null) => void
  readonly wasCut: () => boolean
  readonly close: () => Promise<void>
}

export async function createCuttingWire(port: () => number | null): Promise<CuttingWire> {
  let [next, passed, cut]: [Cut | null, number, boolean] = [null, 0, false]
  const sockets = new Set<Socket>()
  const server = createServer((phone) => {
    const behind = port()
    // Nobody listens there at the moment: the phone is turned away, as by a machine that is starting.
    if (behind === null) return void phone.on('error', () => undefined).destroy()
    const far = connect(behind, '127.0.0.1')
    // What comes behind the cut, before both ends are gone, is lost: passed on, it would make a hole that no wire makes.
    let isOver = false
    for (const [from, to, way] of [[phone, far, 'up'], [far, phone, 'down']] as const) {
      sockets.add(from)
      from.on('error', () => to.destroy())
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
      from.on('data', (bytes: Buffer) => {
        if (isOver) return
        if (next?.way !== way || passed + bytes.length <= next.bytes) {
          if (next?.way === way) passed += bytes.length
          to.write(bytes)
          return
        }
        const rest = next.bytes - passed
        next = null
        cut = true
        isOver = true
        // The last bytes leave before the wire is gone.
        to.write(bytes.subarray(0, rest), () => {
          from.destroy()
          to.destroy()
        })
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port: own } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${own}`,
    cutNext: (given) => {
      ;[next, passed, cut] = [given, 0, false]
    },
    wasCut: () => cut,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
