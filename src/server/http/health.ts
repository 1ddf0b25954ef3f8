import type { FastifyInstance } from 'fastify'
import { apiPrefix } from '#protocol/version.ts'
import type { ServerContext } from '#server/context.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { inTime } from '#server/store/in-time.ts'

/** Liveness says that the process answers; readiness that its database does, and that it is not about to end. */
export function registerHealth(app: FastifyInstance, context: ServerContext): void {
  app.get(`${apiPrefix}/health`, { config: { access: 'anyone' } }, () => ({ status: 'ok' }))
  app.get(`${apiPrefix}/ready`, { config: { access: 'anyone' } }, async () => {
    if (context.isStopping?.() === true) throw new ProblemError('unavailable')
    await inTime(context.store.check())
    const status = context.backupStatus?.()
    // Of several processes one makes the backups, and the others know of them by the database alone.
    const backup = status === undefined ? undefined : { ...status, verifiedAt: (await inTime(context.store.upkeep.verifiedAt())) ?? status.verifiedAt }
    // A failing backup is no reason to send phones away: they keep more then, and lose nothing.
    return { status: 'ready', ...(backup === undefined ? {} : { backup }) }
  })
}
