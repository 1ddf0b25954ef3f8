// Puts the kill switch of the service worker into the built app: `node scripts/kill-switch.mjs` (docs/kill-switch.md).
// A new build takes it out again.
import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { projectRoot } from './project.mjs'

const target = join(projectRoot, 'dist', 'sw.js')
// Whoever calls this has no time for a page of code.
if (!existsSync(target)) {
  console.error(`${target} is not there: nothing is built here, and nothing was done. Go to the folder from which the server runs (with systemd /opt/terrain), or build first: npm run build.`)
  process.exit(1)
}
// The compressed copies would be served instead.
for (const ending of ['.br', '.gz']) rmSync(`${target}${ending}`, { force: true })
copyFileSync(join(projectRoot, 'src', 'worker', 'kill-switch.js'), target)
console.log('dist/sw.js is the kill switch now. Restart the server. Build again to take it out: rm dist/.stamp, then npm run build, and restart once more.')
