import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { processorMs } from '../load/process-cost.ts'
import { begun, said } from './child.ts'

export interface BareServer {
  readonly url: string
  readonly used: () => { readonly server: number; readonly database: number }
  readonly stop: () => Promise<void>
}

export async function startBare(): Promise<BareServer> {
  const folder = await mkdtemp(join(tmpdir(), 'terrain-bare-'))
  const child = begun('bare-server.ts', folder)
  const { port } = v.parse(v.object({ port: v.number() }), await said(child))
  return {
    url: `http://127.0.0.1:${port}`,
    used: () => ({ server: processorMs(child.pid ?? NaN), database: 0 }),
    stop: async () => {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
