import sharp from 'sharp'
import { expect, it } from 'vitest'
import { asking, aStoredFile, bare } from '../../support/api-calls/asking.ts'
import { startTestServer } from '../../support/test-server.ts'

it('[SE329] a smaller copy is drawn once, whoever asks how often; who has it reads nothing again, and who may not see it gets nothing of what was drawn', async () => {
  const server = await startTestServer()
  const { shelf } = server.context
  const reads: string[] = []
  // The routes hold the context itself.
  Object.assign(server.context, { shelf: { ...shelf, has: shelf.has.bind(shelf), keepBytes: shelf.keepBytes.bind(shelf), remove: shelf.remove.bind(shelf), read: (...args: Parameters<typeof shelf.read>) => (reads.push(args[0]), shelf.read(...args)) } })
  const about = await asking(server, 'volunteer', 'own')
  const hash = await aStoredFile(about)
  const [desk, other] = [await server.join('coordinator'), await server.join('volunteer')]
  const get = (who = desk, width = 320, headers = {}) => server.app.inject({ url: `/api/v1/files/${hash}?width=${width}`, headers: { ...bare(who), ...headers } })
  reads.length = 0
  const answers = await Promise.all([get(), get(), get(about.caller), get(desk, 300)])
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200])
  expect(new Set(answers.map(({ rawPayload }) => rawPayload.toString('base64'))).size).toBe(1)
  expect(await sharp(answers[0]?.rawPayload).metadata()).toMatchObject({ format: 'webp', width: 16 })
  await get()
  expect(reads).toEqual(['shown'])
  expect((await get(desk, 320, { 'if-none-match': answers[0]?.headers.etag })).statusCode).toBe(304)
  expect((await get(other)).statusCode).toBe(404)
  expect(reads).toEqual(['shown'])
  await get(desk, 640)
  expect(reads).toEqual(['shown', 'shown'])
  await server.close()
})
