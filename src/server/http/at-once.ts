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
  const rows = new WeakMap<object, (() => void)[]>()
  app.addHook('onRequest', (request, reply, done) => {
    const { socket } = request.raw
    const row = rows.get(socket) ?? []
    rows.set(socket, row)
    if (row.length >= mostInLine) {
      reply.hijack()
      return void socket.destroy()
    }
    row.push(done)
    reply.raw.once('close', () => {
      row.shift()
      // Behind a connection that has ended nobody waits, and nothing would tell that their answers have.
      if (!socket.destroyed) row[0]?.()
    })
    if (row.length === 1) done()
  })
}

export function hasBody({ headers: { 'content-length': length, 'transfer-encoding': coding } }: FastifyRequest): boolean {
  return coding !== undefined || Number(length ?? 0) > 0
}

/** What one member asks for at the same time has an end: whoever has got hold of one session must not take the memory that everybody's is answered with. */
export function membersAtOnce(): (actor: Actor, request: FastifyRequest, reply: FastifyReply) => void {
  const [requests, bodies] = [new Map<string, number>(), new Map<string, number>()]
  return ({ memberId }, request, reply) => {
    const kinds = [{ running: requests, most: mostAtOnce.requests }, ...(hasBody(request) ? [{ running: bodies, most: mostAtOnce.bodies }] : [])]
    if (kinds.some(({ running, most }) => (running.get(memberId) ?? 0) >= most)) throw new ProblemError('too-many-requests', { retryAfterS: soonS })
    for (const { running } of kinds) running.set(memberId, (running.get(memberId) ?? 0) + 1)
    reply.raw.once('close', () => {
      for (const { running } of kinds) {
        const left = (running.get(memberId) ?? 1) - 1
        if (left > 0) running.set(memberId, left)
        else running.delete(memberId)
      }
    })
  }
}
