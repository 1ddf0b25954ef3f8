// Runs before anything is installed: plain JavaScript that Node 20 understands, without dependencies.
import { ensureBuilt } from './build.mjs'
import { runForeground } from './child.mjs'
import { serverEnvironment } from './node.mjs'
import { prepare } from './prepare.mjs'
import { runScript } from './project.mjs'

await runScript(async () => {
  const node = await prepare()
  await ensureBuilt(node)
  return runForeground(node, ['src/server/main.ts', ...process.argv.slice(2)], { env: serverEnvironment(node) })
})
