import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { startAppServer } from '../../tests/support/app-server.ts'
import type { Benchmark } from '../runner/benchmark.ts'

export const precache: Benchmark = {
  name: 'precache',
  about: 'What a phone keeps to work offline, as the server sends it (brotli)',
  warmUps: 0,
  rounds: 1,
  measures: [
    { name: 'bodies of all files', unit: 'kB', goal: { of: 'median', limit: 'at most', value: 400 } },
    { name: 'files', unit: 'count' },
  ],
  prepare: async () => {
    const server = await startAppServer()
    const files = precachedIn(await readFile('dist/sw.js', 'utf8'))
    return {
      round: async () => {
        let bytes = 0
        for (const file of files) bytes += await sizeOf(`${server.url}/${file}`)
        return { 'bodies of all files': [bytes / 1000], files: [files.length] }
      },
      close: () => server.stop(),
    }
  },
}

/** The list that the service worker was built with. */
function precachedIn(worker: string): readonly string[] {
  const files = [...worker.matchAll(/\burl["']?:\s*["'`]([^"'`]+)["'`]/g)].map(([, url = '']) => url)
  if (!files.includes('index.html')) throw new Error('the list of the precache was not found')
  return [...new Set(files)]
}

/** Not by `fetch`, which hands out what it has unpacked. */
async function sizeOf(url: string): Promise<number> {
  const asked = request(url, { headers: { 'accept-encoding': 'br' } }).end()
  const [answer] = (await once(asked, 'response')) as [NodeJS.ReadableStream & { readonly statusCode?: number }]
  if (answer.statusCode !== 200) throw new Error(`${new URL(url).pathname} was answered with ${String(answer.statusCode)}`)
  let bytes = 0
  for await (const chunk of answer) bytes += chunk.length
  return bytes
}
