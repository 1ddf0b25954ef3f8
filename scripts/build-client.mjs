// Installs and builds as `npm start` does, and starts nothing: for a container or a service, which may write nowhere when it runs.
import { ensureBuilt } from './build.mjs'
import { prepare } from './prepare.mjs'
import { runScript } from './project.mjs'

await runScript(async () => {
  await ensureBuilt(await prepare())
  return 0
})
