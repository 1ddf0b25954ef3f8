import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../support/free-port.ts'
import { whenReady } from './engine.ts'
import type { Engine } from './engine.ts'

/** The Firefox of the system, by WebDriver BiDi, which it speaks without a driver beside it. */
export async function openFirefox(program: string): Promise<Engine> {
  const profile = await mkdtemp(join(tmpdir(), 'terrain-firefox-'))
  const port = await freePort()
  const running = spawn(program, ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', String(port)], { stdio: 'ignore' })
  const end = async (): Promise<void> => {
    if (running.exitCode === null) {
      const ended = once(running, 'exit')
      running.kill()
      await ended
    }
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const send = await whenReady(() => connected(`ws://127.0.0.1:${port}/session`))
    const { capabilities } = await send('session.new', { capabilities: {} }) as { readonly capabilities: { readonly browserVersion: string } }
    const { context } = await send('browsingContext.create', { type: 'tab' }) as { readonly context: string }
    await send('browsingContext.setViewport', { context, viewport: { width: 412, height: 800 } })
    return engineOf(send, { name: `Firefox ${capabilities.browserVersion}`, context, end })
  } catch (error) {
    await end()
    throw error
  }
}

type Send = (method: string, params: object) => Promise<unknown>

function engineOf(send: Send, { name, context, end }: { readonly name: string; readonly context: string; readonly end: () => Promise<void> }): Engine {
  const ask = async (expression: string): Promise<unknown> => {
    const { result, exceptionDetails } = await send('script.evaluate', { expression, target: { context }, awaitPromise: true }) as { readonly result?: { readonly value?: unknown }; readonly exceptionDetails?: { readonly text: string } }
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.text)
    return result?.value
  }
  return {
    name, ask,
    open: async (url) => void (await send('browsingContext.navigate', { context, url, wait: 'complete' })),
    write: async (selector, text, index = 0) => {
      await ask(`document.querySelectorAll(${JSON.stringify(selector)})[${index}].focus()`)
      await send('input.performActions', { context, actions: [{ type: 'key', id: 'keys', actions: [...text].flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }]) }] })
    },
    giveFile: async (selector, path) => {
      const { nodes } = await send('browsingContext.locateNodes', { context, locator: { type: 'css', value: selector }, maxNodeCount: 1 }) as { readonly nodes: readonly { readonly sharedId: string }[] }
      await send('input.setFiles', { context, element: { sharedId: nodes[0]?.sharedId }, files: [path] })
    },
    close: end,
  }
}

/** One message out, one answer back, by its number. */
async function connected(url: string): Promise<Send> {
  const socket = new WebSocket(url)
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = () => reject(new Error('Firefox does not answer yet'))
  })
  const waiting = new Map<number, { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }>()
  socket.onmessage = ({ data }) => {
    const { id, result, error, message } = JSON.parse(String(data)) as { readonly id?: number; readonly result?: unknown; readonly error?: string; readonly message?: string }
    const call = waiting.get(id ?? -1)
    waiting.delete(id ?? -1)
    if (error === undefined) call?.resolve(result)
    else call?.reject(new Error(`${error}: ${message ?? ''}`))
  }
  let last = 0
  return (method, params) => new Promise((resolve, reject) => {
    last += 1
    waiting.set(last, { resolve, reject })
    socket.send(JSON.stringify({ id: last, method, params }))
  })
}
