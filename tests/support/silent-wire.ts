import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/** A wire to a database that falls silent: nothing arrives any more, in either direction, and nobody is told that it does not. */
export interface SilentWire {
  /** The address of the database, by this wire. */
  readonly url: string
  /** As a firewall that has forgotten its connections: those that there are say nothing from now on, new ones do. */
  readonly forget: () => void
  /** As a machine without power: new ones say nothing either. */
  readonly silence: () => void
  /** For new ones; those of before stay forgotten. */
  readonly speak: () => void
  readonly close: () => void
}

export async function createSilentWire(url: string): Promise<SilentWire> {
  const { hostname, port } = new URL(url)
  const sockets = new Set<Socket>()
  let [age, isSilent] = [0, false]
  const server = createServer((near) => {
    const far = connect(Number(port), hostname)
    const made = age
    const mutesFromBirth = isSilent
    for (const [from, to] of [[near, far], [far, near]] as const) {
      sockets.add(from)
      from.on('error', () => undefined)
      from.on('data', (bytes: Buffer) => {
        if (made === age && !mutesFromBirth) to.write(bytes)
      })
      from.on('close', () => {
        sockets.delete(from)
        if (made === age) to.destroy()
      })
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const forget = (): void => void (age += 1)
  return {
    url: url.replace(`:${port}/`, `:${(server.address() as AddressInfo).port}/`),
    forget,
    silence: () => {
      forget()
      isSilent = true
    },
    speak: () => void (isSilent = false),
    close: () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
