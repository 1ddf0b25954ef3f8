import { spawn } from 'node:child_process'
import type { ChildProcess, SpawnOptions } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { freePort } from '../free-port.ts'
import { copyFor, nativeFolder } from './binaries.ts'

export interface Cluster {
  /** The address of its database `postgres`; another database is another path. */
  readonly url: string
  readonly stop: () => Promise<void>
  /** Ended at once, as by a power cut: no connection is told properly, nothing is written down. */
  readonly crash: () => Promise<void>
  /** After a crash, on the same port. It answers when its log has been replayed. */
  readonly restart: () => Promise<void>
}

/** PostgreSQL will not run as root: then it runs as nobody. */
const nobody = 65_534

/**
 * A real PostgreSQL in a folder of its own, with durability on as in production, and made for English, so that an order that
 * hangs on the language of the database shows itself.
 */
export async function startCluster(): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'terrain-postgres-'))
  try {
    return await startIn(folder)
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

async function startIn(folder: string): Promise<Cluster> {
  const isRoot = process.getuid?.() === 0
  const user: SpawnOptions = isRoot ? { uid: nobody, gid: nobody } : {}
  const [data, passwordFile, password] = [join(folder, 'data'), join(folder, 'password'), randomBytes(12).toString('hex')]
  await mkdir(data, { mode: 0o700 })
  await writeFile(passwordFile, password)
  await chmod(folder, 0o755)
  if (isRoot) for (const path of [folder, data, passwordFile]) await chown(path, nobody, nobody)
  const native = await runnable(folder, user)
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US']
  await finished(spawn(join(native, 'bin/initdb'), [`--pgdata=${data}`, '--username=terrain', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', ...locale], { ...user, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] }))
  const port = await freePort()
  const url = `postgres://terrain:${password}@127.0.0.1:${port}/postgres`
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', 'max_connections=200', 'shared_buffers=64MB', 'log_min_messages=log']
  const keepMark = join(folder, 'keep')
  const start = async (): Promise<ChildProcess> => {
    const started = spawn('/bin/sh', ['-c', endWithUs, 'sh', folder, join(native, 'bin/postgres'), '-D', data, ...settings.flatMap((setting) => ['-c', setting])], { ...user, cwd: folder, stdio: ['pipe', 'ignore', 'pipe'] })
    await answering(started, port)
    return started
  }
  let child = await start()
  return {
    url,
    stop: async () => {
      const ended = once(child, 'exit')
      child.stdin?.end()
      await ended
      await rm(folder, { recursive: true, force: true })
    },
    crash: async () => {
      await writeFile(keepMark, '')
      const ended = once(child, 'exit')
      process.kill(Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[0]), 'SIGQUIT')
      await ended
      child.stdin?.end()
      await rm(keepMark)
    },
    restart: async () => {
      child = await start()
    },
  }
}

/** The shell waits on our end of a pipe: PostgreSQL ends, and its folder goes, also when the tests are killed. `keep` stands there for a crash. */
const endWithUs = `
  folder=$1; shift
  exec 3<&0
  "$@" 3<&- & pid=$!
  ( cat <&3 > /dev/null; kill -INT $pid ) & waiter=$!
  wait $pid; status=$?
  kill $waiter 2> /dev/null
  [ -e "$folder/keep" ] || rm -rf "$folder"/* 2> /dev/null
  exit $status`

async function runnable(folder: string, user: SpawnOptions): Promise<string> {
  const native = await nativeFolder()
  try {
    await finished(spawn(join(native, 'bin/postgres'), ['--version'], { ...user, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] }))
    return native
  } catch {
    return copyFor(native, join(folder, 'native'))
  }
}

async function finished(child: ChildProcess): Promise<void> {
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`${child.spawnfile} ended with ${String(code)}: ${output}`)
}

function answering(child: ChildProcess, port: number): Promise<void> {
  let output = ''
  return new Promise((resolve, reject) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
      if (output.includes('ready to accept connections')) resolve()
    })
    child.once('exit', (code) => reject(new Error(`PostgreSQL on port ${port} ended with ${String(code)}: ${output}`)))
  })
}
