import type { FastifyInstance } from 'fastify'
import { apiPrefix } from '#protocol/version.ts'
import type { ServerContext } from '#server/context.ts'

/** Liveness says that the process answers; readiness that its database does. */
export function registerHealth(app: FastifyInstance, context: ServerContext): void {
  app.get(`${apiPrefix}/health`, { config: { access: 'anyone' } }, () => ({ status: 'ok' }))
  app.get(`${apiPrefix}/ready`, { config: { access: 'anyone' } }, async () => {
    await context.store.check()
    const backup = context.backupStatus?.()
    // A failing backup is no reason to send phones away: they keep more then, and lose nothing.
    return { status: 'ready', ...(backup === undefined ? {} : { backup }) }
  })
}
