import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { contentSecurityPolicy, readCspHashes, workerPolicy } from '#server/http/security-headers.ts'
import { problemOfStatus, problemType } from '#server/http/problem-error.ts'

const unchanging = 'public, max-age=31536000, immutable'

/** The built app: hashed assets for ever, everything else asked for anew, and the shell for every address that is not the API's. */
export async function registerApp(app: FastifyInstance, appDir: string): Promise<void> {
  const [policy, files] = [contentSecurityPolicy(await readCspHashes(appDir)), await filesOf(appDir)]
  await app.register(fastifyStatic, {
    root: appDir,
    serve: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const isHashed = path.startsWith(join(appDir, 'assets'))
      void reply.header('cache-control', isHashed ? unchanging : 'no-cache')
      if (/\.html(\.br|\.gz)?$/.test(path)) void reply.header('content-security-policy', policy)
      if (/\/sw\.js(\.br|\.gz)?$/.test(path)) void reply.header('content-security-policy', workerPolicy)
    },
  })
  app.get<{ readonly Params: { readonly '*': string } }>('/*', (request, reply) => {
    const name = request.params['*'] === '' ? 'index.html' : request.params['*']
    if (files.has(name)) return reply.sendFile(name)
    return reply.callNotFound()
  })
  app.setNotFoundHandler((request, reply) => {
    const wantsPage = ['GET', 'HEAD'].includes(request.method) && !request.url.startsWith('/api/') && !/\.[a-z0-9]{2,5}(\?|$)/i.test(request.url)
    // A report that is not there is not there for programs either; people read so on the app's page for that.
    if (wantsPage) return reply.code(request.url.startsWith('/r/') ? 404 : 200).sendFile('index.html')
    return reply.code(404).type(problemType).send(problemOfStatus(404))
  })
}

/** What may be asked for: all that is there at the start but what is meant for this server alone. A route for each, as the library would make, takes twelve megabytes. */
async function filesOf(appDir: string): Promise<ReadonlySet<string>> {
  const entries = await readdir(appDir, { recursive: true, withFileTypes: true })
  const names = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => relative(appDir, join(parentPath, name)).split(sep))
  return new Set(names.filter((parts) => parts.join('/') !== 'csp.json' && !parts.some((part) => part.startsWith('.'))).map((parts) => parts.join('/')))
}
