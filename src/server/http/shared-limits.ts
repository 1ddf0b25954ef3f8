import { createHmac } from 'node:crypto'
import type { FastifyRateLimitOptions, FastifyRateLimitStore, FastifyRateLimitStoreCtor } from '@fastify/rate-limit'
import type { ServerContext } from '#server/context.ts'
import { isDiskFull } from '#server/store/unavailable.ts'

type Ground = Pick<ServerContext, 'store' | 'clock' | 'serverKey'>

/** Where nothing can be written down nothing is refused for it: what is only read, a published report above all, is there all the same, and the rest is refused by the disk. */
const uncounted = { current: 0, ttl: 0 } as const

/** Counts for the rate limits in the database: the same for all processes on it, and not forgotten when one starts anew. */
class SharedLimits implements FastifyRateLimitStore {
  readonly #ground: Ground
  readonly #route: string

  constructor(ground: Ground, route: string) {
    this.#ground = ground
    this.#route = route
  }

  incr(caller: string, callback: Parameters<FastifyRateLimitStore['incr']>[1], windowMs: number, max: number): void {
    const { store, clock, serverKey } = this.#ground
    // No address of a person is kept, not even for a minute.
    const key = createHmac('sha256', serverKey).update(`terrain-limit:${this.#route} ${caller}`).digest('base64url')
    const now = clock.now()
    const counted = store.rateLimits.hit({ key, now, windowMs, max })
    // oxlint-disable promise/no-callback-in-promise -- the limiter knows callbacks only
    counted.then(({ hits, endsAt }) => callback(null, { current: hits, ttl: Math.max(0, endsAt - now) }), (error: unknown) => isDiskFull(error) ? callback(null, uncounted) : callback(error instanceof Error ? error : new Error(String(error))))
    // oxlint-enable promise/no-callback-in-promise
  }

  child(options: Parameters<FastifyRateLimitStore['child']>[0]): FastifyRateLimitStore {
    // Its types name the route itself; it comes as `routeInfo`.
    const { routeInfo } = options as { readonly routeInfo?: { readonly url: string } }
    return new SharedLimits(this.#ground, routeInfo?.url ?? '')
  }
}

/** The limiter makes its store itself, from a class. */
export function limitsOn(ground: Ground): FastifyRateLimitStoreCtor {
  return class extends SharedLimits {
    constructor(_options: FastifyRateLimitOptions) {
      super(ground, '')
    }
  }
}
