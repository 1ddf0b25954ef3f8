import { spawn } from 'node:child_process'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../support/free-port.ts'
import { whenReady } from './engine.ts'
import type { Engine } from './engine.ts'

/** WebKit as GTK has it, by W3C WebDriver; beside the screen where there is none. */
export async function openWebKit(driver: string): Promise<Engine> {
  const port = await freePort()
  const call = `${driver} --port=${port}`
  const isSeen = process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined
  const [program, ...rest] = isSeen ? ['sh', '-c', `exec ${call}`] : ['xvfb-run', '-a', 'dbus-run-session', 'sh', '-c', `exec ${call}`]
  const running = spawn(program as string, rest, {
    stdio: 'ignore', detached: true,
    // As root there is no sandbox, and a rented machine has no graphics card.
    env: { ...process.env, WEBKIT_DISABLE_COMPOSITING_MODE: '1', LIBGL_ALWAYS_SOFTWARE: '1', ...(process.getuid?.() === 0 ? { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' } : {}) },
  })
  const endDriver = async (): Promise<void> => {
    if (running.pid !== undefined && running.exitCode === null) process.kill(-running.pid)
    await pause(200)
  }
  try {
    return await session(`http://127.0.0.1:${port}`, endDriver)
  } catch (error) {
    await endDriver()
    throw error
  }
}

async function session(driver: string, endDriver: () => Promise<void>): Promise<Engine> {
  const begun = await whenReady(() => asked(driver, 'POST', '/session', { capabilities: { alwaysMatch: {} } })) as { readonly sessionId: string; readonly capabilities: Readonly<Record<string, unknown>> }
  const send = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<unknown> => asked(driver, method, `/session/${begun.sessionId}${path}`, body)
  const find = async (selector: string, index = 0): Promise<string> => {
    const found = await send('POST', '/elements', { using: 'css selector', value: selector }) as readonly Readonly<Record<string, string>>[]
    const [id] = Object.values(found[index] ?? {})
    if (id === undefined) throw new Error(`no ${selector} on the page`)
    return id
  }
  const write = async (selector: string, text: string, index?: number): Promise<void> => void (await send('POST', `/element/${await find(selector, index)}/value`, { text }))
  await send('POST', '/window/rect', { width: 412, height: 800 })
  return {
    name: `WebKit ${String(begun.capabilities['browserVersion'])}`,
    open: async (url) => void (await send('POST', '/url', { url })),
    ask: (expression) => send('POST', '/execute/async', { script: `const done = arguments[arguments.length - 1]; (async () => (${expression}))().then(done, (error) => done(String(error)))`, args: [] }),
    write,
    // To a field for files keys are a path.
    giveFile: write,
    close: async () => {
      await send('DELETE', '').catch(() => undefined)
      await endDriver()
    },
  }
}

async function asked(driver: string, method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${driver}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) })
  const { value } = await answer.json() as { readonly value: unknown }
  if (!answer.ok) throw new Error(`WebDriver ${method} ${path.split('/').at(-1) ?? ''}: ${JSON.stringify(value).slice(0, 300)}`)
  return value
}
