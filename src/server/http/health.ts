import { statfs } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { apiPrefix } from '#protocol/version.ts'
import type { ServerContext } from '#server/context.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { inTime } from '#server/store/in-time.ts'
import { isDiskFull } from '#server/store/unavailable.ts'

/** Liveness says that the process answers; readiness that its database does, and that it is not about to end. */
export function registerHealth(app: FastifyInstance, context: ServerContext): void {
  app.get(`${apiPrefix}/health`, { config: { access: 'anyone' } }, () => ({ status: 'ok' }))
  app.get(`${apiPrefix}/ready`, { config: { access: 'anyone' } }, async () => {
    if (context.isStopping?.() === true) throw new ProblemError('unavailable')
    const isFull = await inTime(context.store.check()).then(() => false, isFullOnly)
    const status = context.backupStatus?.()
    // Of several processes one makes the backups, and the others know of them by the database alone.
    const backup = status === undefined ? undefined : { ...status, verifiedAt: (await inTime(context.store.upkeep.verifiedAt())) ?? status.verifiedAt }
    // Neither a failing backup nor a disk that fills is a reason to send phones away: they keep more then, and lose nothing.
    return { status: 'ready', ...(backup === undefined ? {} : { backup }), disk: { low: isFull || hasLittleRoom(await statfs(context.config.dataDir).catch(() => null)) } }
  })
}

/** What is there can be read: a proxy that gives such a process up would keep the desk, the app's files and every report from everybody. */
function isFullOnly(error: unknown): true {
  if (isDiskFull(error)) return true
  throw error
}

/**
 * Less than a tenth is free, as the alert `TerrainDiskFull` has it. A full disk cannot be told by what the database writes to see whether it may: that goes into room which its log may have
 * already. Only of the folder without which nothing goes on: one of backups on another machine that is away would hold up whoever asks.
 */
export function hasLittleRoom(disk: { readonly bavail: number; readonly blocks: number } | null): boolean {
  return disk !== null && disk.bavail < disk.blocks / 10
}
