import { fail } from '#domain/result.ts'
import type { Http, HttpGround } from '#device/sync/http.ts'

/** The wire, loaded with the first request: none is made before the first screen stands, and the first visit has a budget. */
export function createHttpOnDemand(ground: HttpGround): Http {
  let loading: Promise<Http | null> | null = null
  return async (request) => {
    loading ??= import('#device/sync/http.ts').then(({ createHttp }) => createHttp(ground), () => null)
    const http = await loading
    if (http !== null) return http(request)
    loading = null
    return fail({ kind: 'unreachable', code: 'not-loaded', status: null, isOurs: false })
  }
}
