import { execFile } from 'node:child_process'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const timeoutMs = 120_000
const usualNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/**
 * Prints a page to a PDF with the Chromium that `CHROMIUM` names or that is installed: its shaping of Arabic and of joined letters is right,
 * and what is on paper is what was looked at. False: there is none. The page may load nothing, so the browser needs no network.
 */
export async function printPdf(page: string, pdf: string, environment: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  const named = environment['CHROMIUM']
  for (const program of named === undefined || named === '' ? usualNames : [named]) {
    if (await printed(program, page, pdf)) return true
  }
  return false
}

async function printed(program: string, page: string, pdf: string): Promise<boolean> {
  // A folder of its own: a browser that somebody has open would take the page and print nothing.
  const profile = await mkdtemp(join(tmpdir(), 'terrain-print-'))
  try {
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    await rm(pdf, { force: true })
    await run(program, ['--headless', ...asRoot, '--disable-gpu', '--disable-extensions', `--user-data-dir=${profile}`, '--no-pdf-header-footer', `--print-to-pdf=${resolve(pdf)}`, pathToFileURL(page).href], { timeout: timeoutMs })
    return (await stat(pdf)).size > 0
  } catch (error) {
    if (typeof error === 'object' && error !== null && Reflect.get(error, 'code') === 'ENOENT') return false
    throw error
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}
