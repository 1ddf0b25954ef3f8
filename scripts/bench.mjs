// The benchmarks: `npm run bench` runs all of them, `npm run bench -- volunteer` one group. What they need of their own stands in bench/package.json.
import { ensureBuilt } from './build.mjs'
import { runForeground } from './child.mjs'
import { ensureChromium } from './chromium.mjs'
import { environmentWith } from './node.mjs'
import { prepare } from './prepare.mjs'
import { runScript } from './project.mjs'

await runScript(async () => {
  const node = await prepare()
  await ensureBuilt(node)
  const chromium = await ensureChromium(node)
  return runForeground(node, ['bench/main.ts', ...process.argv.slice(2)], { env: { ...environmentWith(node), CHROMIUM: chromium } })
})
