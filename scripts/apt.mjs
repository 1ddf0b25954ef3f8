import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { runForeground } from './child.mjs'

/**
 * Installs packages of the system where that is possible without asking; whether it worked is for the caller to see.
 * @param {string} what
 * @param {readonly string[]} packages
 */
export async function aptInstall(what, packages) {
  const asRoot = process.getuid?.() === 0
  if (!existsSync('/usr/bin/apt-get') || !(asRoot || (await sudoAsksNothing()))) return
  console.log(`Installing ${what} with apt-get …`)
  const aptGet = (/** @type {string[]} */ ...args) => {
    const command = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args]
    return asRoot ? runForeground('env', command.slice(1)) : runForeground('sudo', ['-n', ...command])
  }
  // Mirrors sometimes change between the list and the download: a second round reads the list again.
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    await aptGet('update', '-q')
    const code = await aptGet('install', '-q', '-y', '--no-install-recommends', ...packages)
    if (code === 0) return
  }
}

async function sudoAsksNothing() {
  try {
    await promisify(execFile)('sudo', ['-n', 'true'])
    return true
  } catch {
    return false
  }
}
