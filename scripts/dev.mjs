import { runForeground } from './child.mjs'
import { environmentWith } from './node.mjs'
import { prepare } from './prepare.mjs'
import { installed, runScript } from './project.mjs'

// The server restarts when its sources change; Vite serves the app and hands /api on to the server (vite.config.ts).
// When one of the two ends, so does the other.
await runScript(async () => {
  const node = await prepare()
  const env = environmentWith(node)
  const end = new AbortController()
  const server = runForeground(node, ['--watch', 'src/server/main.ts'], { env, signal: end.signal })
  const app = runForeground(node, [installed('vite/bin/vite.js')], { env, signal: end.signal })
  const code = await Promise.race([server, app])
  end.abort()
  await Promise.all([server, app])
  return code
})
