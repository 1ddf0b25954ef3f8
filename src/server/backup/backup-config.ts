import { join, relative, resolve } from 'node:path'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'

export interface BackupConfig {
  /** Absolute folder of the backups. */
  readonly dir: string
  /** Null: only when `terrain backup` is called. */
  readonly everyMs: number | null
}

const defaultMinutes = 15

/** `BACKUP_DIR` and `BACKUP_EVERY` (minutes, 0 for never). */
export function readBackupConfig(env: Readonly<Record<string, string | undefined>>, { cwd, dataDir }: { readonly cwd: string; readonly dataDir: string }): Result<BackupConfig, readonly string[]> {
  const every = env['BACKUP_EVERY'] ?? String(defaultMinutes)
  if (!/^\d{1,5}$/.test(every)) return fail([`BACKUP_EVERY is "${every}", but it must be a whole number of minutes; 0 means never.`])
  return ok({ dir: env['BACKUP_DIR'] ? resolve(cwd, env['BACKUP_DIR']) : backupDirIn(dataDir), everyMs: Number(every) === 0 ? null : Number(every) * 60_000 })
}

export function backupDirIn(dataDir: string): string {
  return join(dataDir, 'backups')
}

/** Whether one broken disk or one wrong `rm` takes the data and their backups together. */
export function isInside(dataDir: string, dir: string): boolean {
  const way = relative(dataDir, dir)
  return way === '' || !way.startsWith('..')
}
