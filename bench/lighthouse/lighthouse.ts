import { chromium } from '@playwright/test'
import type { BrowserContext } from '@playwright/test'
import { fillCampaign } from '../../demo/fill-campaign.ts'
import { startAppServer } from '../../tests/support/app-server.ts'
import { freePort } from '../../tests/support/free-port.ts'
import { joinOn } from '../../tests/support/people.ts'
import { readyOffline } from '../../tests/support/profiles.ts'
import type { Benchmark, Group, Prepared } from '../runner/benchmark.ts'
import { browserFlags, phone, profileFolder } from '../volunteer/field-phone.ts'
import { lighthouseMeasures, runLighthouse } from './run-lighthouse.ts'

const joinScreen: Benchmark = {
  name: 'join-screen',
  about: 'The join screen, on a first visit by an invite',
  warmUps: 0,
  rounds: 5,
  measures: lighthouseMeasures,
  prepare: async (ground) => {
    const { url, inBrowser, close } = await openJudged(ground.chromium)
    return {
      round: () => inBrowser(({ port }) => runLighthouse({ url: `${url}/join#${'x'.repeat(22)}`, port, keepsStorage: false }, ground)),
      close,
    }
  },
}

const home: Benchmark = {
  name: 'home',
  about: 'Home of somebody who has joined, opened once more',
  warmUps: 0,
  rounds: 5,
  measures: lighthouseMeasures,
  prepare: async (ground) => {
    const { url, inBrowser, invite, close } = await openJudged(ground.chromium)
    await inBrowser(async ({ context }) => {
      const page = await context.newPage()
      await page.goto(await invite())
      await joinOn(page)
      await readyOffline(page)
      await page.close()
    })
    return { round: () => inBrowser(({ port }) => runLighthouse({ url: `${url}/`, port, keepsStorage: true }, ground)), close }
  },
}

const publicReport: Benchmark = {
  name: 'public-report',
  about: 'The published report on the rows of the demonstration, as anybody opens it',
  warmUps: 0,
  rounds: 5,
  measures: lighthouseMeasures.map((measure) => (measure.name === 'performance' ? { ...measure, goal: { of: 'median', limit: 'at least', value: 100 } } : measure)),
  prepare: async (ground) => {
    const { url, inBrowser, inviteFor, close } = await openJudged(ground.chromium)
    const { report } = await fillCampaign(url, inviteFor)
    return { round: () => inBrowser(({ port }) => runLighthouse({ url: `${url}${new URL(report).pathname}`, port, keepsStorage: false }, ground)), close }
  },
}

export const lighthouse: Group = {
  name: 'lighthouse',
  about: 'Lighthouse for mobile, as it comes, on the built app from the real server.',
  needsPackages: true,
  open: () => ({ benchmarks: [joinScreen, home, publicReport], close: async () => undefined }),
}

interface OpenBrowser {
  readonly context: BrowserContext
  /** Where it takes orders from Lighthouse too. */
  readonly port: number
}

interface Judged {
  readonly url: string
  /** A browser that is opened for this alone, as Lighthouse opens its own, on the folder that keeps everything from one to the next. */
  readonly inBrowser: <Done>(run: (browser: OpenBrowser) => Promise<Done>) => Promise<Done>
  readonly invite: () => Promise<string>
  readonly inviteFor: Parameters<typeof fillCampaign>[1]
  readonly close: Prepared['close']
}

async function openJudged(program: string): Promise<Judged> {
  const [server, { dir, remove }] = [await startAppServer(), await profileFolder()]
  return {
    url: server.url,
    inBrowser: async (run) => {
      const port = await freePort()
      const context = await chromium.launchPersistentContext(dir, { ...phone, executablePath: program, args: [...browserFlags, `--remote-debugging-port=${port}`] })
      try {
        return await run({ context, port })
      } finally {
        await context.close()
      }
    },
    invite: () => server.invite('volunteer'),
    inviteFor: (role, uses) => server.invite(role, uses),
    close: async () => {
      await remove()
      await server.stop()
    },
  }
}
