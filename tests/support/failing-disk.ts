import { execFile, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** From its n-th such call on, every thread of the server is told that the disk has failed. */
export interface DiskFault {
  readonly calls: 'fsync,fdatasync' | 'pwrite64'
  readonly error: 'EIO' | 'ENOSPC'
  readonly from: number
}

/** strace, which stands between a program and the kernel; installed where it is missing and that is possible without asking. */
export async function ensureStrace(): Promise<string> {
  const place = '/usr/bin/strace'
  if (!existsSync(place)) {
    const asRoot = process.getuid?.() === 0
    const install = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', 'install', '-q', '-y', '--no-install-recommends', 'strace']
    const command = asRoot ? install : ['sudo', '-n', ...install]
    const update = asRoot ? ['apt-get', 'update', '-q'] : ['sudo', '-n', 'apt-get', 'update', '-q']
    await run(update[0] ?? '', update.slice(1)).catch(() => undefined)
    await run(command[0] ?? '', command.slice(1))
  }
  if (!existsSync(place)) throw new Error('The disk-fault test needs strace: install it with the package manager of this machine.')
  return place
}

/** The real server on a disk that fails as told. It may not even start: that is an honest answer too. */
export class FailingServer {
  readonly #child: ChildProcess
  readonly #ended: Promise<unknown>

  private constructor(child: ChildProcess) {
    this.#child = child
    this.#ended = once(child, 'exit')
  }

  /** Resolves when it listens or has given up. */
  static async start(strace: string, about: { readonly dataDir: string; readonly port: number; readonly fault: DiskFault }): Promise<FailingServer> {
    const { calls, error, from } = about.fault
    const env = { ...process.env, PORT: String(about.port), HOST: '127.0.0.1', TERRAIN_DATA: about.dataDir, LOG_LEVEL: 'silent', BACKUP_EVERY: '0', PUBLIC_URL: `http://localhost:${about.port}` }
    const inject = ['-f', '-qqq', '--seccomp-bpf', '-o', '/dev/null', '-e', `trace=${calls}`, '-e', `inject=${calls}:error=${error}:when=${from}+`]
    // A process group of its own: killing strace alone would leave the server running.
    const child = spawn(strace, [...inject, process.execPath, 'src/server/main.ts'], { cwd: join(import.meta.dirname, '../..'), env, stdio: ['ignore', 'pipe', 'ignore'], detached: true })
    const server = new FailingServer(child)
    let output = ''
    await Promise.race([
      server.#ended,
      new Promise<void>((resolve) => child.stdout?.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8')
        if (output.includes('oin')) resolve()
      })),
    ])
    return server
  }

  async kill(): Promise<void> {
    try {
      process.kill(-(this.#child.pid ?? 0), 'SIGKILL')
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
    }
    await this.#ended
  }
}
