import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import * as v from 'valibot'
import { browserFlags, fieldNetwork, phone, slowdown } from './field-phone.ts'

/**
 * A page with as few of the browser's tools as can be. Playwright enables `Runtime` in each of its pages; with that, V8 reads the code behind
 * each `Error` that is made once more (80 ms of a cold start at CPU ÷ 4, `V8.CollectSourcePositions` in a trace), which no phone of a volunteer does.
 */
export interface BarePage {
  /** A command of the Chrome DevTools Protocol to the page. */
  readonly send: (method: string, params?: object) => Promise<Readonly<Record<string, unknown>>>
  readonly evaluate: (expression: string) => Promise<unknown>
  /** Asks the page again and again, and so takes a little of its thread, until there is an answer. */
  readonly until: (expression: string) => Promise<unknown>
  /** Resolves with what stands behind `mark` in the fragment of the page's address as soon as the page has written one that begins so. */
  readonly marked: (mark: string) => Promise<string>
}

const messageSchema = v.object({
  id: v.optional(v.number()),
  method: v.optional(v.string()),
  params: v.optional(v.record(v.string(), v.unknown())),
  result: v.optional(v.record(v.string(), v.unknown())),
  error: v.optional(v.object({ message: v.string() })),
})
type Message = v.InferOutput<typeof messageSchema>

const valueSchema = v.object({ result: v.object({ value: v.optional(v.unknown()) }), exceptionDetails: v.optional(v.object({ text: v.string() })) })

/** What a browser does of its own accord behind its start is no part of what is measured. */
const quiet = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-default-apps', '--disable-extensions', '--disable-field-trial-config', '--disable-sync', '--metrics-recording-only'] as const

/** For the page's own requests and for those of its service worker, which the tools of the page do not reach. */
const noConnection = ['--host-resolver-rules=MAP * ~NOTFOUND'] as const

/** Opens a browser on the folder with one slow page that has no connection, and closes it behind `look`. */
export async function inBareBrowser<Seen>(program: string, dir: string, look: (page: BarePage) => Promise<Seen>): Promise<Seen> {
  const browser = spawn(program, [...browserFlags, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${dir}`, ...quiet, ...noConnection, 'about:blank'], { stdio: 'ignore' })
  const ended = once(browser, 'exit')
  try {
    const line = await connect(await addressOf(dir))
    try {
      return await look(await slowPageOf(line))
    } finally {
      await line.send('Browser.close').catch(() => undefined)
    }
  } finally {
    await Promise.race([ended, wait(5000).then(() => browser.kill('SIGKILL'))])
  }
}

interface Line {
  readonly send: (method: string, params?: object, sessionId?: string) => Promise<Readonly<Record<string, unknown>>>
  readonly on: (listen: (message: Message) => void) => void
}

/** Where the browser says that it takes orders: the port and the path, a line each. */
async function addressOf(dir: string): Promise<string> {
  for (let asked = 0; asked < 300; asked += 1) {
    const [port, path] = (await readFile(join(dir, 'DevToolsActivePort'), 'utf8').catch(() => '')).split('\n')
    if (port !== undefined && path !== undefined) return `ws://127.0.0.1:${port}${path}`
    await wait(50)
  }
  throw new Error('the browser takes no orders')
}

async function connect(address: string): Promise<Line> {
  const socket = new WebSocket(address)
  await once(socket, 'open')
  const waiting = new Map<number, (message: Message) => void>()
  const listeners: ((message: Message) => void)[] = []
  socket.addEventListener('message', ({ data }) => {
    const message = v.parse(messageSchema, JSON.parse(String(data)))
    if (message.id === undefined) return listeners.forEach((listen) => listen(message))
    waiting.get(message.id)?.(message)
    return waiting.delete(message.id)
  })
  let last = 0
  return {
    send: (method, params, sessionId) => new Promise((resolve, reject) => {
      last += 1
      waiting.set(last, ({ error, result = {} }) => (error === undefined ? resolve(result) : reject(new Error(`${method}: ${error.message}`))))
      socket.send(JSON.stringify({ id: last, method, params, sessionId }))
    }),
    on: (listen) => void listeners.push(listen),
  }
}

async function slowPageOf({ send: order, on }: Line): Promise<BarePage> {
  const { targetId } = v.parse(v.object({ targetId: v.string() }), await order('Target.createTarget', { url: 'about:blank' }))
  const { sessionId } = v.parse(v.object({ sessionId: v.string() }), await order('Target.attachToTarget', { targetId, flatten: true }))
  const send: BarePage['send'] = (method, params) => order(method, params, sessionId)
  const { viewport, deviceScaleFactor, locale } = phone
  await send('Emulation.setDeviceMetricsOverride', { ...viewport, deviceScaleFactor, mobile: true })
  await send('Emulation.setTouchEmulationEnabled', { enabled: true })
  await send('Emulation.setLocaleOverride', { locale })
  await send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  await send('Page.enable')
  await send('Network.enable')
  await send('Network.emulateNetworkConditions', { ...fieldNetwork, offline: true })
  await send('Performance.enable', { timeDomain: 'threadTicks' })
  const evaluate: BarePage['evaluate'] = async (expression) => {
    const { result, exceptionDetails } = v.parse(valueSchema, await send('Runtime.evaluate', { expression, returnByValue: true }))
    if (exceptionDetails !== undefined) throw new Error(`${expression}: ${exceptionDetails.text}`)
    return result.value
  }
  return {
    send, evaluate,
    until: async (expression) => {
      for (;;) {
        const value = await evaluate(expression)
        if (value !== undefined && value !== null && value !== false) return value
        await wait(20)
      }
    },
    marked: (mark) => new Promise((resolve) => {
      on(({ method, params }) => {
        if (method !== 'Page.navigatedWithinDocument') return
        const { hash } = new URL(v.parse(v.object({ url: v.string() }), params).url)
        if (hash.startsWith(`#${mark}`)) resolve(decodeURIComponent(hash.slice(mark.length + 1)))
      })
    }),
  }
}
