import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { contentSecurityPolicy, readCspHashes, workerPolicy } from '#server/http/security-headers.ts'
import { problemOfStatus, problemType } from '#server/http/problem-error.ts'

const unchanging = 'public, max-age=31536000, immutable'

/** The built app: hashed assets for ever, everything else asked for anew, and the shell for every address that is not the API's. */
export async function registerApp(app: FastifyInstance, appDir: string): Promise<void> {
  const policy = contentSecurityPolicy(await readCspHashes(appDir))
  await app.register(fastifyStatic, {
    root: appDir,
    preCompressed: true,
    wildcard: false,
    globIgnore: ['**/csp.json', '**/.*'],
    index: 'index.html',
    cacheControl: false,
    setHeaders: (reply, path) => {
      const isHashed = path.startsWith(join(appDir, 'assets'))
      void reply.header('cache-control', isHashed ? unchanging : 'no-cache')
      if (/\.html(\.br|\.gz)?$/.test(path)) void reply.header('content-security-policy', policy)
      if (/\/sw\.js(\.br|\.gz)?$/.test(path)) void reply.header('content-security-policy', workerPolicy)
    },
  })
  app.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === 'GET' && !request.url.startsWith('/api/') && !/\.[a-z0-9]{2,5}(\?|$)/i.test(request.url)
    // A report that is not there is not there for programs either; people read so on the app's page for that.
    if (wantsPage) return reply.code(request.url.startsWith('/r/') ? 404 : 200).sendFile('index.html')
    return reply.code(404).type(problemType).send(problemOfStatus(404))
  })
}
