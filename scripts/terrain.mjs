import { runForeground } from './child.mjs'
import { productEnvironment } from './node.mjs'
import { prepare } from './prepare.mjs'
import { runScript } from './project.mjs'

await runScript(async () => {
  const node = await prepare()
  const args = ['src/server/cli/main.ts', ...process.argv.slice(2)]
  return runForeground(node, args, { env: productEnvironment(node) })
})
