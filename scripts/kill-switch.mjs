// Puts the kill switch of the service worker into the built app: `node scripts/kill-switch.mjs` (docs/kill-switch.md).
// A new build takes it out again.
import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './project.mjs'

const target = join(projectRoot, 'dist', 'sw.js')
// The compressed copies would be served instead.
for (const ending of ['.br', '.gz']) rmSync(`${target}${ending}`, { force: true })
copyFileSync(join(projectRoot, 'src', 'worker', 'kill-switch.js'), target)
console.log('dist/sw.js is the kill switch now. Restart the server. Build again to take it out: rm dist/.stamp, then npm run build, and restart once more.')
