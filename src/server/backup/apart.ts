import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import type { BackupOutcome } from '#server/backup/back-up.ts'

/**
 * Backs up in a process of its own: loading and verifying ten thousand changes keeps a processor for seconds, in which this
 * process would answer no phone. The program at `entry`, which reads the same environment, sends what `backUp` answered.
 */
export function createBackupsApart(entry: string, env: NodeJS.ProcessEnv): { readonly run: () => Promise<BackupOutcome>; readonly end: () => void } {
  let child: ChildProcess | null = null
  return {
    run: () => new Promise((resolve, reject) => {
      child = fork(entry, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
      // What comes from our own program is what its types say.
      child.once('message', (outcome) => resolve(outcome as BackupOutcome))
      child.once('error', reject)
      child.once('exit', (code, signal) => reject(new Error(`the backup ended with ${String(code ?? signal)}`)))
    }),
    end: () => void child?.kill(),
  }
}
