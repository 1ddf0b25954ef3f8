import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { aptInstall } from './apt.mjs'
import { runForeground } from './child.mjs'
import { Advice, installed } from './project.mjs'

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/**
 * A Chromium that starts, or null: the one that CHROMIUM names, the system's, or the one in Playwright's cache.
 * @returns {Promise<string | null>}
 */
export async function findChromium() {
  const named = process.env['CHROMIUM']
  if (named !== undefined && named !== '') return (await starts(named)) ? named : null
  const { chromium } = await import('playwright-core')
  for (const place of [...usualPlaces, chromium.executablePath()]) {
    if (existsSync(place) && (await starts(place))) return place
  }
  return null
}

/** The same engine without the window around it, in a package beside Debian's Chromium. */
const headlessShell = '/usr/bin/chromium-headless-shell'

/**
 * What pages are tried in: the engine alone where it is there, because it starts in a third of the time and does the same in two thirds of it (309 and 488 s of
 * processor for the browser tests); else a whole Chromium. `CHROMIUM_HEADLESS` names another. What belongs to the window (installing the app) needs `findChromium`.
 * @returns {Promise<string | null>}
 */
export async function findHeadless() {
  const named = process.env['CHROMIUM_HEADLESS']
  if (named !== undefined && named !== '') return (await starts(named)) ? named : null
  return (await startingShell()) ?? findChromium()
}

/**
 * @param {string} chromium takes its place where it cannot be had
 * @returns {Promise<string>}
 */
export async function ensureHeadless(chromium) {
  const named = process.env['CHROMIUM_HEADLESS']
  if (named) return named
  const present = await startingShell()
  if (present !== null) return present
  if (existsSync('/usr/lib/chromium')) await aptInstall("Chromium's headless shell", ['chromium-headless-shell'])
  return (await startingShell()) ?? chromium
}

async function startingShell() {
  return existsSync(headlessShell) && (await starts(headlessShell)) ? headlessShell : null
}

/**
 * A Chromium as `findChromium` gives it, installing one where that is possible without asking.
 * @param {string} node runs Playwright's own installer
 * @returns {Promise<string>}
 */
export async function ensureChromium(node) {
  const present = await findChromium()
  if (present !== null) return present
  if (process.env['CHROMIUM']) throw new Advice(`CHROMIUM names ${process.env['CHROMIUM']}, which does not start.`)
  for (const install of [installWithApt, installWithPlaywright]) {
    await install(node)
    const chromium = await findChromium()
    if (chromium !== null) return chromium
  }
  throw new Advice('The browser tests need Chromium: install it, or name its program in the environment variable CHROMIUM.')
}

/** Ubuntu's chromium-browser is a stub that only says where to get the real one: a file is not yet a browser. */
async function starts(/** @type {string} */ program) {
  try {
    await promisify(execFile)(program, ['--version'], { timeout: 30_000 })
    return true
  } catch {
    return false
  }
}

async function installWithApt() {
  await aptInstall('Chromium', ['chromium', 'fonts-noto-core'])
}

/** @param {string} node */
async function installWithPlaywright(node) {
  console.log("Installing Playwright's Chromium …")
  await runForeground(node, [installed('playwright-core/cli.js'), 'install', 'chromium'])
}
