import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { findHeadless } from '../../scripts/chromium.mjs'

/** A browser with one page and nobody who looks into it. */
export interface LoneBrowser {
  readonly close: () => Promise<void>
}

/**
 * Opens an address in a profile without debugging it. Whatever debugs a page has the page keep the body of each request for it, up to 200 MB of
 * them: a page that is watched while it sends 90 MB of photos is larger by just that.
 */
export async function openLoneBrowser(profileDir: string, url: string): Promise<LoneBrowser> {
  const executablePath = await findHeadless()
  if (executablePath === null) throw new Error('No Chromium')
  const quiet = ['--no-first-run', '--disable-background-networking', '--disable-sync', '--disable-extensions', '--disable-dev-shm-usage', '--password-store=basic', '--use-mock-keychain']
  const browser = spawn(executablePath, ['--headless=new', '--no-sandbox', ...quiet, '--window-size=360,740', `--user-data-dir=${profileDir}`, url], { stdio: 'ignore' })
  // Whoever ends this process at once takes the browser along.
  const takeAlong = (): void => void browser.kill('SIGKILL')
  process.once('exit', takeAlong)
  browser.once('exit', () => process.off('exit', takeAlong))
  return {
    close: async () => {
      if (browser.exitCode !== null || browser.signalCode !== null) return
      const ended = once(browser, 'exit')
      // It writes down what it has, as it does when a person closes it.
      browser.kill('SIGTERM')
      await ended
    },
  }
}
