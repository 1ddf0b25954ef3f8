import { chromium } from '@playwright/test'
import { startAppServer } from '../../tests/support/app-server.ts'
import { readyOffline } from '../../tests/support/profiles.ts'
import type { Benchmark, Samples } from '../runner/benchmark.ts'
import { relayTo } from './byte-counter.ts'
import { browserFlags, phone, slowPage, workOf } from './field-phone.ts'
import { firstPaint, firstTap } from './first-tap.ts'

export const firstVisit: Benchmark = {
  name: 'first-visit',
  about: 'First visit by an invite: CPU ÷ 4, 400 kbit/s, 400 ms',
  warmUps: 1,
  rounds: 7,
  measures: [
    { name: 'shell painted', unit: 'ms', goal: { of: 'median', limit: 'at most', value: 2000 } },
    { name: 'join screen stands', unit: 'ms' },
    { name: 'join screen answers a tap', unit: 'ms', goal: { of: 'median', limit: 'at most', value: 4500 } },
    { name: 'main thread at work until then', unit: 'ms' },
    { name: 'bytes until it answers', unit: 'kB', goal: { of: 'median', limit: 'at most', value: 170 } },
    { name: 'requests until it answers', unit: 'count' },
  ],
  prepare: async ({ chromium: program }) => {
    const server = await startAppServer()
    const relay = await relayTo(Number(new URL(server.url).port))
    const browser = await chromium.launch({ executablePath: program, args: [...browserFlags] })
    return {
      round: async (): Promise<Samples> => {
        // Nothing is left of the visit before: a context keeps its own storage, caches and workers.
        const context = await browser.newContext(phone)
        try {
          const slow = await slowPage(context, { network: 'field' })
          let requests = 0
          slow.cdp.on('Network.requestWillBeSent', () => (requests += 1))
          await slow.cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
          const before = relay.sent()
          const { stands, answers } = await firstTap(slow, `${relay.url}/join#${'x'.repeat(22)}`, { standsWhen: '#join-name', tap: 'button[type=submit]' })
          const [bytes, asked] = [relay.sent() - before, requests]
          const { task } = await workOf(slow)
          const painted = await firstPaint(slow.page)
          await readyOffline(slow.page)
          return { 'shell painted': [painted], 'join screen stands': [stands], 'join screen answers a tap': [answers], 'main thread at work until then': [task], 'bytes until it answers': [bytes / 1000], 'requests until it answers': [asked] }
        } finally {
          await context.close()
        }
      },
      close: async () => {
        await browser.close()
        await relay.close()
        await server.stop()
      },
    }
  },
}
