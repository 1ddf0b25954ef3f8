import { isIPv6 } from 'node:net'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { ProblemError } from '#server/http/problem-error.ts'

/** Twice what sixty phones of one workshop ask for when they are opened at once, and a quarter of what a process takes: as the nginx file that comes with Terrain. */
export const mostPerAddress = 1000
const soonS = 5

/**
 * Behind a proxy that hands answers on as they are read, a connection stays open for whoever reads slowly; so one caller, with twenty connections to the proxy, held all four
 * thousand of a process. A connection is of who asked on it last. Who has too many is refused on the next one, which ends with that; what they have, and everybody else, goes on.
 */
export function connectionsPerAddress(app: FastifyInstance, probes: ReadonlySet<string | undefined>): void {
  const holders = new Map<string, number>()
  const heldBy = new WeakMap<object, { address: string | null }>()
  const letGo = (held: { address: string | null }): void => {
    if (held.address === null) return
    const left = (holders.get(held.address) ?? 1) - 1
    if (left === 0) holders.delete(held.address)
    else holders.set(held.address, left)
    held.address = null
  }
  app.server.on('connection', (socket: Socket) => {
    const held = { address: null }
    heldBy.set(socket, held)
    socket.once('close', () => letGo(held))
  })
  /** Whether the connection is theirs now. */
  const take = (held: { address: string | null }, address: string): boolean => {
    if (held.address === address) return true
    letGo(held)
    const count = holders.get(address) ?? 0
    if (count >= mostPerAddress) return false
    holders.set(address, count + 1)
    held.address = address
    return true
  }
  app.addHook('onRequest', (request, reply, done) => {
    const held = heldBy.get(request.raw.socket)
    // Nobody holds an injected request, and a proxy that is told that the process is not well sends nobody there.
    const isFree = held === undefined || probes.has(request.routeOptions.url)
    if (isFree || take(held, networkOf(request.ip))) {
      done()
      return
    }
    void reply.header('connection', 'close')
    done(new ProblemError('too-many-requests', { retryAfterS: soonS }))
  })
}

/** Each line has billions of addresses of IPv6, which begin alike: the first four of its eight groups. */
export function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address
  const [before = '', after] = address.split('::')
  const [first, last] = [before, after ?? ''].map((groups) => (groups === '' ? [] : groups.split(':')))
  const zeros = after === undefined ? 0 : 8 - (first?.length ?? 0) - (last?.length ?? 0)
  return [...(first ?? []), ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...(last ?? [])].slice(0, 4).join(':')
}
