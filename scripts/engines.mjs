// One walk through the app in the engines that the gate does not have: `npm run engines`.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { aptInstall } from './apt.mjs'
import { ensureBuilt } from './build.mjs'
import { runForeground } from './child.mjs'
import { environmentWith } from './node.mjs'
import { prepare } from './prepare.mjs'
import { Advice, runScript } from './project.mjs'

await runScript(async () => {
  const node = await prepare()
  await ensureBuilt(node)
  const find = async () => ({ FIREFOX: (await placeOf('firefox-esr')) ?? (await placeOf('firefox')), WEBKIT_DRIVER: await placeOf('WebKitWebDriver') })
  if (Object.values(await find()).includes(undefined)) await aptInstall('Firefox and WebKit', ['firefox-esr', 'webkit2gtk-driver', 'xvfb', 'xauth', 'dbus'])
  const engines = Object.fromEntries(Object.entries(await find()).flatMap(([name, place]) => (place === undefined ? [] : [[name, place]])))
  if (Object.keys(engines).length === 0) throw new Advice('Neither Firefox nor WebKitWebDriver is on this machine: install one of them.')
  for (const name of ['FIREFOX', 'WEBKIT_DRIVER']) if (!(name in engines)) console.log(`${name} is not on this machine, and is left out.`)
  return runForeground(node, ['tests/engines/main.ts'], { env: { ...environmentWith(node), ...engines } })
})

/**
 * @param {string} program
 * @returns {Promise<string | undefined>}
 */
async function placeOf(program) {
  try {
    const { stdout } = await promisify(execFile)('sh', ['-c', `command -v ${program}`])
    return stdout.trim()
  } catch {
    return undefined
  }
}
