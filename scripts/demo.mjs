import { ensureBuilt } from './build.mjs'
import { runForeground } from './child.mjs'
import { productEnvironment } from './node.mjs'
import { prepare } from './prepare.mjs'
import { runScript } from './project.mjs'

await runScript(async () => {
  const node = await prepare()
  await ensureBuilt(node)
  return runForeground(node, ['demo/main.ts', ...process.argv.slice(2)], { env: productEnvironment(node) })
})
