import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** A program of this folder in a process of its own. It ends when it is told that nobody listens any more; what it prints (old packages warn) is not ours to read. */
export function begun(file: string, folder: string): ChildProcess {
  return fork(join(import.meta.dirname, file), [folder], { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
}

export async function said(child: ChildProcess): Promise<unknown> {
  const listening = new AbortController()
  const { signal } = listening
  const ended = once(child, 'exit', { signal }).then(() => [{ failed: 'it has ended' }])
  ended.catch(() => undefined)
  try {
    const [message] = (await Promise.race([once(child, 'message', { signal }), ended])) as [unknown]
    return message
  } finally {
    listening.abort()
  }
}
