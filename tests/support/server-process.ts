import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import process from 'node:process'
import { serverAllocation, serverCache, serverMemory } from '../../scripts/node.mjs'
import { freePort } from './free-port.ts'

/** The real server as a process of its own, which can be killed and started again on the same data. */
export class ServerProcess {
  readonly dataDir: string
  readonly port: number
  readonly #variables: Readonly<Record<string, string>>
  #child: ChildProcess | null = null
  #output = ''

  private constructor(dataDir: string, port: number, variables: Readonly<Record<string, string>>) {
    this.#variables = variables
    this.dataDir = dataDir
    this.port = port
  }

  static async create(dataDir: string, variables: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
    return new ServerProcess(dataDir, await freePort(), variables)
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Of the process that runs now. */
  get pid(): number {
    return this.#child?.pid ?? NaN
  }

  /** The link that the server printed for its first coordinator. */
  get invite(): string {
    const link = /\S+\/join#\S+/.exec(this.#output)?.[0]
    if (link === undefined) throw new Error(`no invite in: ${this.#output}`)
    return link
  }

  /** All that it has said since it was last started, on both ways out. */
  get output(): string {
    return this.#output
  }

  /** Resolves when it has said that it answers. */
  async start(): Promise<void> {
    const env = { NODE_OPTIONS: serverMemory, NODE_COMPILE_CACHE: serverCache, ...serverAllocation, ...process.env, PORT: String(this.port), HOST: '127.0.0.1', TERRAIN_DATA: this.dataDir, LOG_LEVEL: 'error', BACKUP_EVERY: '0', ENTRIES_PER_HOUR: '100000000', PUBLIC_URL: `http://localhost:${this.port}`, ...this.#variables }
    const child = spawn(process.execPath, ['src/server/main.ts'], { cwd: join(import.meta.dirname, '../..'), env, stdio: ['ignore', 'pipe', 'pipe'] })
    this.#child = child
    // Whoever ends this process at once takes the server along.
    const takeAlong = (): void => void child.kill('SIGKILL')
    process.once('exit', takeAlong)
    child.once('exit', () => process.off('exit', takeAlong))
    this.#output = ''
    await new Promise<void>((resolve, reject) => {
      const listen = (chunk: Buffer) => {
        this.#output += chunk.toString('utf8')
        if (this.#output.includes('oin')) resolve()
      }
      child.stdout.on('data', listen)
      child.stderr.on('data', (chunk: Buffer) => (this.#output += chunk.toString('utf8')))
      child.once('exit', (code) => reject(new Error(`the server ended with ${String(code)}: ${this.#output}`)))
    })
  }

  /** Answers with its exit code; null when there is none, or nothing to end. */
  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<number | null> {
    const child = this.#child
    if (child === null || child.exitCode !== null || child.signalCode !== null) return null
    const ended = once(child, 'exit')
    child.kill(signal)
    const [code] = (await ended) as [number | null]
    return code
  }
}
