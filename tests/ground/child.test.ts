import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'

const childModule = pathToFileURL(resolve('scripts/child.mjs')).href

const outer = `import { runForeground } from '${childModule}'
  process.exitCode = await runForeground(process.execPath, ['-e', process.argv[1]])`

/** A program that runs `inner` the way `npm start` runs the server, and ends with its exit code. */
async function startAround(inner: string): Promise<{ readonly ready: Promise<unknown>; readonly code: Promise<unknown>; readonly kill: (signal: NodeJS.Signals) => void }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', outer, inner], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child, 'spawn')
  return {
    ready: once(child.stdout, 'data'),
    code: once(child, 'exit').then(([code]) => code as unknown),
    kill: (signal) => void child.kill(signal),
  }
}

describe('a program run in the foreground', () => {
  it('[GR17] gives its exit code on', async () => {
    const { code } = await startAround('process.exit(7)')
    expect(await code).toBe(7)
  })

  it('[GR17] gets the signals of the one that runs it, and time to finish', async () => {
    const finishesOn = (signal: string): string =>
      `process.on('${signal}', () => setTimeout(() => process.exit(5), 50)); setInterval(() => {}, 1000); console.log('ready')`
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const program = await startAround(finishesOn(signal))
      await program.ready
      program.kill(signal)
      expect(await program.code).toBe(5)
    }
  })

  it('[GR17] is stopped when the shell that npm put between has gone', async () => {
    const inner = `process.on('SIGTERM', () => { console.log('stopped'); process.exit() }); setInterval(() => {}, 1000); console.log('ready')`
    const command = `'${process.execPath}' --input-type=module -e "$OUTER" "$INNER"; true`
    const env = { ...process.env, OUTER: outer, INNER: inner, npm_lifecycle_event: 'start' }
    const shell = spawn('sh', ['-c', command], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    await once(shell.stdout, 'data')
    shell.kill('SIGTERM')
    const [said] = (await once(shell.stdout, 'data')) as [Buffer]
    expect(said.toString()).toBe('stopped\n')
  })

  it('[GR17] tells by 128 + number which signal ended it', async () => {
    const { code } = await startAround("process.kill(process.pid, 'SIGKILL')")
    expect(await code).toBe(137)
  })
})
