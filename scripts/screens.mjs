// Pictures of every screen of the phone, in English by day and in Arabic by night: `npm run screens -- FOLDER`.
import { ensureBuilt } from './build.mjs'
import { runForeground } from './child.mjs'
import { environmentWith } from './node.mjs'
import { prepare } from './prepare.mjs'
import { runScript } from './project.mjs'

await runScript(async () => {
  const node = await prepare()
  await ensureBuilt(node)
  return runForeground(node, ['tests/screens/walk.ts', ...process.argv.slice(2)], { env: environmentWith(node) })
})
