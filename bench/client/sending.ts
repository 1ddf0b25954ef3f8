import { fieldEntries } from '../load/field-entries.ts'
import type { Benchmark, Samples } from '../runner/benchmark.ts'
import { startAppServer } from '../../tests/support/app-server.ts'
import { openBrowser, profileFolder, slowPage } from '../volunteer/field-phone.ts'
import { openStorePage } from '../volunteer/filled-phone.ts'
import type { StorePage } from '../volunteer/filled-phone.ts'
import { setLine } from '../wire/counted-line.ts'
import { slowdown } from './slowdown.ts'

const waiting = 1000

/** Saved without a connection and at full speed, then sent with the processor slowed down: hashing, sealing, and what the answers cost. */
export const sending: Benchmark = {
  name: 'sending',
  about: `${waiting.toLocaleString('en')} waiting entries are sent over a fast line: CPU ÷ ${slowdown}`,
  warmUps: 0,
  rounds: 3,
  measures: [
    { name: 'until nothing waits', unit: 'ms' },
    { name: 'a save before, at full speed', unit: 'ms' },
  ],
  prepare: async ({ chromium }) => {
    const [server, { dir, remove }, entry] = [await startAppServer(), await profileFolder(), fieldEntries()]
    const context = await openBrowser(chromium, dir)
    const { page, cdp } = await slowPage(context, { network: 'as it is', cpu: 1 })
    await openStorePage(page, server.url)
    const joined = await page.evaluate((link) => (Reflect.get(window, 'store') as StorePage).join(link), await server.invite('volunteer'))
    if (joined !== 'joined') throw new Error(`the phone could not join: ${joined}`)
    let written = 0
    return {
      round: async (): Promise<Samples> => {
        await setLine(cdp, 'none')
        await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 })
        const contents = Array.from({ length: waiting }, () => entry((written += 1)))
        const saving = performance.now()
        await page.evaluate((list) => (Reflect.get(window, 'store') as StorePage).saveAll(list), contents)
        const saved = (performance.now() - saving) / waiting
        await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
        const began = performance.now()
        await setLine(cdp, 'fast')
        await page.evaluate(() => (Reflect.get(window, 'store') as StorePage).sent())
        return { 'until nothing waits': [performance.now() - began], 'a save before, at full speed': [saved] }
      },
      close: async () => {
        await context.close()
        await remove()
        await server.stop()
      },
    }
  },
}
