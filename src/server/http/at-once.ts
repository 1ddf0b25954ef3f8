import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest, RequestPayload } from 'fastify'
import { bundleType } from '#protocol/bundle-file.ts'
import type { Actor } from '#server/http/access.ts'
import { ProblemError } from '#server/http/problem-error.ts'

/** Browsers and proxies wait for an answer before they ask anew on the same connection. */
const mostInLine = 4

/** Of one member, from whichever device: far more than a desk full of pictures asks for, and bodies than a phone and a desk ever send. Each is held in memory as long as its line is slow. */
export const mostAtOnce = { requests: 300, bodies: 20 } as const
const soonS = 5

/**
 * On one connection one request is worked on at a time. Node begins with all that have come, and keeps their answers while nobody reads the first: who asks a thousand times
 * and reads nothing would have a thousand open files and what was read of them.
 */
export function inTurn(app: FastifyInstance): void {
  const lines = new WeakMap<object, Line>()
  app.addHook('onRequest', (request, reply, done) => {
    const { socket } = request.raw
    const line = lines.get(socket) ?? lineOf(socket)
    lines.set(socket, line)
    if (line.waiting.length + 1 >= mostInLine) {
      reply.hijack()
      return void socket.destroy()
    }
    reply.raw.on('close', line.goOn)
    if (line.isBusy) return void line.waiting.push(done)
    line.isBusy = true
    done()
  })
}

interface Line {
  isBusy: boolean
  readonly waiting: (() => void)[]
  readonly goOn: () => void
}

function lineOf(socket: Pick<Socket, 'destroyed'>): Line {
  const line: Line = {
    isBusy: false, waiting: [],
    goOn: () => {
      const next = line.waiting.shift()
      line.isBusy = next !== undefined
      // Behind a connection that has ended nobody waits, and nothing would tell that their answers have.
      if (!socket.destroyed) next?.()
    },
  }
  return line
}

export function hasBody({ headers: { 'content-length': length, 'transfer-encoding': coding } }: FastifyRequest): boolean {
  return coding !== undefined || Number(length ?? 0) > 0
}

/** What one member asks for at the same time has an end: whoever has got hold of one session must not take the memory that everybody's is answered with. */
export function membersAtOnce(): (actor: Actor, request: FastifyRequest, reply: FastifyReply) => void {
  const running = new Map<string, { requests: number; bodies: number }>()
  return ({ memberId }, request, reply) => {
    const bodies = hasBody(request) ? 1 : 0
    const now = running.get(memberId) ?? { requests: 0, bodies: 0 }
    if (now.requests >= mostAtOnce.requests || (bodies > 0 && now.bodies >= mostAtOnce.bodies)) throw new ProblemError('too-many-requests', { retryAfterS: soonS })
    now.requests += 1
    now.bodies += bodies
    running.set(memberId, now)
    reply.raw.on('close', () => {
      now.requests -= 1
      now.bodies -= bodies
      if (now.requests === 0) running.delete(memberId)
    })
  }
}

/** Of all members together: what is sent and not all here yet. One invite may make a hundred of them, whose packed bodies of two kilobytes each unpack to two megabytes and never end. */
export const mostHeldBytes = 256_000_000
/** What a body may hold in any case: nearly all that phones send, so that whoever fills the rest keeps them from nothing. */
export const alwaysHeldBytes = 65_536

/** Those are read as they stream. */
const streamed: ReadonlySet<unknown> = new Set([bundleType, 'application/offset+octet-stream'])

/** Counts what bodies unpack to while they come, over all of a process, and tells whoever goes beyond its bound to come again. Called when all that unpacks has been registered. */
export function boundBodies(app: FastifyInstance, most = mostHeldBytes): void {
  const all = { held: 0 }
  const count = (request: FastifyRequest, reply: FastifyReply, payload: RequestPayload, done: (error: null, payload: RequestPayload) => void): void => {
    if (mayGrow(request)) countBody(all, { payload, reply, most })
    done(null, payload)
  }
  app.addHook('onRoute', (route) => {
    route.preParsing = [...[route.preParsing ?? []].flat(), count]
  })
}

function mayGrow(request: FastifyRequest): boolean {
  const { 'content-length': length, 'content-encoding': packed, 'content-type': type } = request.headers
  return hasBody(request) && !streamed.has(type) && (packed !== undefined || length === undefined || Number(length) > alwaysHeldBytes)
}

function countBody(all: { held: number }, { payload, reply, most }: { readonly payload: RequestPayload; readonly reply: FastifyReply; readonly most: number }): void {
  const before = new Map((['data', 'end', 'error'] as const).map((event) => [event, new Set(payload.listeners(event))] as const))
  let held = 0
  const take = (piece: Uint8Array): void => {
    held += piece.length
    all.held += piece.length
    if (held <= alwaysHeldBytes || all.held <= most) return
    // Whoever gathers the body lets go of it; what still comes is read by nobody, so that the answer reaches its sender.
    for (const [event, known] of before) for (const listener of payload.listeners(event)) if (!known.has(listener)) payload.removeListener(event, listener as () => void)
    payload.on('error', () => undefined).resume()
    all.held -= held
    held = 0
    void reply.header('connection', 'close').send(new ProblemError('too-many-requests', { retryAfterS: soonS }))
  }
  payload.on('data', take)
  reply.raw.on('close', () => {
    all.held -= held
    held = 0
  })
}
