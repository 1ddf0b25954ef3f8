import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import type { BrowserContext, CDPSession, Locator, Page } from '@playwright/test'
import * as v from 'valibot'

/** A page of a cheap phone: small, touched, and slowed down. */
export interface FieldPage {
  readonly page: Page
  readonly cdp: CDPSession
}

export const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, locale: 'en-GB' } as const
export const browserFlags = ['--no-sandbox'] as const

/** How much slower than this machine the phone's one core is. */
export const slowdown = 4

/** 400 kbit/s each way, and 400 ms until an answer begins. */
export const fieldNetwork = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 }

/** A folder that a browser keeps everything in, as a phone does; `remove` ends with it. */
export async function profileFolder(): Promise<{ readonly dir: string; readonly remove: () => Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'terrain-bench-'))
  return { dir, remove: () => rm(dir, { recursive: true, force: true, maxRetries: 5 }) }
}

export function openBrowser(program: string, dir: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(dir, { ...phone, executablePath: program, args: [...browserFlags] })
}

/**
 * Slows the page's own threads down. The service worker is a target of its own, which the browser's tools do not slow: it answers from its
 * cache at full speed, on the slow network as well.
 */
export async function slowPage(context: BrowserContext, { network, cpu = slowdown }: { readonly network: 'field' | 'as it is'; readonly cpu?: number }): Promise<FieldPage> {
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: cpu })
  await cdp.send('Network.enable')
  if (network === 'field') await cdp.send('Network.emulateNetworkConditions', fieldNetwork)
  return { page, cdp }
}

/** A finger, as the browser gets it from the screen: without the waiting that test tools do before they tap. */
export async function tapAt(cdp: CDPSession, { x, y }: { readonly x: number; readonly y: number }): Promise<void> {
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] })
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
}

/** The same on what is in sight, or is brought there. */
export async function fingerOn({ cdp }: FieldPage, control: Locator): Promise<void> {
  await control.scrollIntoViewIfNeeded()
  const box = await control.boundingBox()
  if (box === null) throw new Error(`nothing to tap: ${control.toString()}`)
  await tapAt(cdp, { x: box.x + box.width / 2, y: box.y + box.height / 2 })
}

const metricsSchema = v.object({ metrics: v.array(v.object({ name: v.string(), value: v.number() })) })

/** Milliseconds of the main thread since the navigation; the slow-down counts as work, waiting for a core does not (asked of `Performance.enable` with `threadTicks`). */
export async function workOf({ cdp }: { readonly cdp: { readonly send: (method: 'Performance.getMetrics') => Promise<unknown> } }): Promise<{ readonly task: number; readonly script: number }> {
  const { metrics } = v.parse(metricsSchema, await cdp.send('Performance.getMetrics'))
  const of = (name: string): number => (metrics.find((metric) => metric.name === name)?.value ?? NaN) * 1000
  return { task: of('TaskDuration'), script: of('ScriptDuration') }
}
