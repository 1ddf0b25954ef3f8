import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import cookie from '@fastify/cookie'
import compress from '@fastify/compress'
import rateLimit from '@fastify/rate-limit'
import Fastify from 'fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Problem } from '#protocol/problem.ts'
import { apiPrefix, ownHeader } from '#protocol/version.ts'
import { usualProxies } from '#server/config.ts'
import type { ServerContext } from '#server/context.ts'
import { admit } from '#server/http/access.ts'
import type { Access } from '#server/http/access.ts'
import { registerApp } from '#server/http/app-files.ts'
import { boundBodies, inTurn, membersAtOnce } from '#server/http/at-once.ts'
import { registerAudit } from '#server/http/audit.ts'
import { registerAssignments } from '#server/http/assignments.ts'
import { registerAside } from '#server/http/aside.ts'
import { registerCampaigns, registerFounding } from '#server/http/campaigns.ts'
import { registerDevices } from '#server/http/devices.ts'
import { registerNear } from '#server/http/near.ts'
import { connectionsPerAddress, networkOf } from '#server/http/per-address.ts'
import { registerOverview } from '#server/http/overview.ts'
import { registerEntries } from '#server/http/entries.ts'
import { registerExchange } from '#server/http/exchange.ts'
import { registerFiles } from '#server/http/files.ts'
import { registerFresh } from '#server/http/fresh.ts'
import { registerHealth } from '#server/http/health.ts'
import { registerInviteLook, registerJoin } from '#server/http/join.ts'
import { registerMemberActs } from '#server/http/member-acts.ts'
import { registerMoving } from '#server/http/moving.ts'
import { registerOpenApi } from '#server/http/openapi.ts'
import type { StatedAccess } from '#server/http/openapi.ts'
import { registerPeople } from '#server/http/people.ts'
import { problemOf, problemOfStatus, problemType, waitHeaders } from '#server/http/problem-error.ts'
import { headersFor } from '#server/http/security-headers.ts'
import { limitsOn } from '#server/http/shared-limits.ts'
import { registerPublicReports } from '#server/http/public-report.ts'
import { registerReportDraft } from '#server/http/report-draft.ts'
import { registerReportIssues } from '#server/http/report-issues.ts'
import { registerReports } from '#server/http/reports.ts'
import { registerSession } from '#server/http/session.ts'
import { registerSync } from '#server/http/sync.ts'
import { registerViews } from '#server/http/views.ts'
import { receiptFor } from '#server/sync/receipts.ts'

/** Of a member, where a route says nothing else. */
export const maxBodyBytes = 2_000_000
/** Of whom nobody knows yet, to whatever address: an invite, a name and a key. All of it is held until it has come, from however many at once. */
const maxStrangersBytes = 16_384
/** Far more than phones need, and less than a process may open files: who opens and opens is refused, not everybody. */
const maxConnections = 4_000

/**
 * Answers up to this length are compressed where they are made: a run's and a desk's page take 0.15 ms so, and 0.57 of the processor through a stream and another thread (46 kB, zstd).
 */
const packedAtOnce = 65_536

/** As the framework writes it. */
const jsonType = 'application/json; charset=utf-8'

const probes: ReadonlySet<string | undefined> = new Set([`${apiPrefix}/health`, `${apiPrefix}/ready`])

/** The whole HTTP face of the server and the list of its routes (`METHOD /path`); listens to nothing yet, so that tests can inject requests. */
export async function createApp(context: ServerContext): Promise<{ readonly app: FastifyInstance; readonly routes: readonly string[] }> {
  const app = Fastify({
    bodyLimit: maxStrangersBytes,
    // What still comes on an open connection while it ends is answered as ever, and told that the connection closes.
    return503OnClosing: false,
    requestTimeout: 120_000,
    connectionTimeout: 130_000,
    // Longer than a proxy keeps one that is quiet (Caddy two minutes, nginx one): what it sends just as we end one is lost, and Caddy gives us up for seconds.
    keepAliveTimeout: 130_000,
    // Limits count people by their address: behind a proxy everybody would be one.
    trustProxy: [...(context.config.trustedProxies ?? usualProxies)],
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 300 },
    frameworkErrors: (error, _request, reply) => void sendProblem(reply, problemOf(error)),
    clientErrorHandler: ({ code }, socket) => {
      if (socket.writable) socket.end(answerUnread(context, statusByCode[code ?? ''] ?? 400))
    },
  })
  app.server.maxConnections = maxConnections
  inTurn(app)
  connectionsPerAddress(app, probes)
  tellOfProxy(app, context)
  const limitAtOnce = membersAtOnce()
  app.decorateRequest('actor', null)
  const { routes, stated } = requireStatedAccess(app)
  app.setErrorHandler((error, request, reply) => {
    if (isCutOff(request)) {
      context.log.info({ request: request.id, route: request.routeOptions.url }, 'a line broke before all of a request had come')
      return sendProblem(reply, problemOfStatus(408))
    }
    const problem = problemOf(error)
    // That it is about to end is what a proxy asks for, and no failure.
    const isEnding = context.isStopping?.() === true && probes.has(request.routeOptions.url)
    if (problem.status >= 500 && !isEnding) context.log.error({ request: request.id, route: request.routeOptions.url, err: error }, 'a request failed')
    return sendProblem(reply, problem)
  })
  await app.register(cookie)
  await app.register(compress, { threshold: 1024, syncThreshold: packedAtOnce, customTypes: /^application\/(json|problem\+json)|^text\// })
  boundBodies(app)
  await app.register(rateLimit, { global: false, store: limitsOn(context), keyGenerator: ({ ip }) => networkOf(ip), errorResponseBuilder: () => Object.assign(new Error('too many requests'), { statusCode: 429 }) })
  app.addHook('onRequest', async (request, reply) => {
    const { access } = request.routeOptions.config
    if (access !== undefined) request.actor = await admit(context, request, access)
    if (request.actor !== null) limitAtOnce(request.actor, request, reply)
  })
  setHeaders(app, context)
  app.addHook('onResponse', (request, reply, done) => {
    // Whoever asks every second whether all is well would fill the log with it.
    const level = probes.has(request.routeOptions.url) && reply.statusCode < 400 ? 'debug' : 'info'
    context.log[level]({ request: request.id, method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered')
    context.metrics?.answered({ method: request.method, route: request.routeOptions.url, status: reply.statusCode, ms: reply.elapsedTime })
    done()
  })
  registerOpenApi(app, stated)
  registerHealth(app, context)
  registerJoin(app, context)
  registerInviteLook(app, context)
  registerSession(app, context)
  registerDevices(app, context)
  registerMoving(app, context)
  registerAside(app, context)
  registerSync(app, context)
  registerFiles(app, context, receiptFor(context))
  registerCampaigns(app, context)
  registerFounding(app, context)
  registerEntries(app, context)
  registerOverview(app, context)
  registerNear(app, context)
  registerAssignments(app, context)
  registerViews(app, context)
  registerFresh(app, context)
  registerPeople(app, context)
  registerMemberActs(app, context)
  registerAudit(app, context)
  registerExchange(app, context)
  registerReports(app, context)
  registerReportDraft(app, context)
  registerReportIssues(app, context)
  registerPublicReports(app, context)
  if (context.appDir === null) app.setNotFoundHandler((_request, reply) => sendProblem(reply, problemOfStatus(404)))
  else await registerApp(app, context.appDir)
  return { app, routes }
}

/** A proxy that nobody has named stands for all people behind it, and their limits are one: who runs it would see no more than that some are refused. Told once, and without an address, since it may be a person's. */
function tellOfProxy(app: FastifyInstance, { log }: ServerContext): void {
  let isTold = false
  app.addHook('onRequest', (request, _reply, done) => {
    if (!isTold && request.headers['x-forwarded-for'] !== undefined && (request.ips?.length ?? 1) === 1) {
      isTold = true
      log.info({}, 'somebody names callers in X-Forwarded-For and is not believed: if it is your proxy, name its address in TRUSTED_PROXIES, or everybody behind it counts as one caller')
    }
    done()
  })
}

/** Whoever sent it has gone before its end, as phones on bad lines do each day. Node tells it by the code of a broken connection, as a driver does of a database that is away. */
function isCutOff({ raw }: FastifyRequest): boolean {
  return raw.destroyed && raw.complete === false
}

/** What Node says of a request that it gave up. Whoever was too slow, or whose line ended before all had come and can be answered still, is told so and comes again: by 400 a phone learns that what it sent can never be read. */
const statusByCode: Readonly<Record<string, number>> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_INVALID_EOF_STATE: 408, HPE_HEADER_OVERFLOW: 431 }

/** The whole of an answer to what is no request, or not yet one: no route, hook or plugin has seen it. */
function answerUnread(context: ServerContext, status: number): string {
  const body = JSON.stringify(problemOfStatus(status))
  const headers = { ...headersFor(context.config.publicUrl).shown, 'content-type': problemType, 'content-length': Buffer.byteLength(body), connection: 'close' }
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), '', body].join('\r\n')
}

/** What each answer carries besides what it says, by what may become of it in a browser. */
function setHeaders(app: FastifyInstance, context: ServerContext): void {
  const { shown, data } = headersFor(context.config.publicUrl)
  app.addHook('onSend', (request, reply, payload, done) => {
    const type = reply.getHeader('content-type')
    const isData = request.headers[ownHeader] !== undefined && (type === jsonType || type === problemType)
    for (const [name, value] of Object.entries(isData ? data : shown)) if (!reply.hasHeader(name)) void reply.header(name, value)
    // It has no charset parameter to be told (RFC 8259, 11).
    if (type === jsonType) void reply.header('content-type', 'application/json')
    if (context.isStopping?.() === true) void reply.header('connection', 'close')
    // In HTTP/1.1 connections stay open without a word of it (RFC 9112, 9.3); that they close is said.
    else if (request.raw.httpVersion === '1.1' && request.headers.connection !== 'close' && !reply.raw.hasHeader('connection')) reply.raw.removeHeader('connection')
    done(null, payload)
  })
}

/** An API route that does not say who may call it stops the server from starting. Returns the lists that fill as routes come. */
function requireStatedAccess(app: FastifyInstance): { readonly routes: readonly string[]; readonly stated: StatedAccess } {
  const routes: string[] = []
  const stated = new Map<string, Access>()
  app.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) {
      routes.push(`${method} ${route.url}`)
      if (route.config?.access !== undefined) stated.set(`${method} ${route.url}`, route.config.access)
    }
    if (route.config?.access !== undefined && route.config.access !== 'anyone') route.bodyLimit ??= maxBodyBytes
    if (route.url.startsWith('/api/') && route.config?.access === undefined) throw new Error(`route ${String(route.method)} ${route.url} does not state who may call it`)
  })
  return { routes, stated }
}

function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.headers(waitHeaders(problem.status)).code(problem.status).type(problemType).send(problem)
}
