import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
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
