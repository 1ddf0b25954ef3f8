import { reportUrl } from '#device/sync/report-address.ts'
import type { DeskApi } from '#device/sync/desk-api.ts'
import type { DeskGround } from '#device/sync/desk-calls.ts'
import { apiPrefix } from '#protocol/version.ts'

/**
 * The desk's calls, loaded with their schemas at the first of them: no volunteer ever makes one, and the first visit has a budget, so that not
 * even their names stand in it. Addresses are told at once.
 */
export function createDeskApiOnDemand(ground: DeskGround): DeskApi {
  const loaded = async (): Promise<DeskApi> => (await import('#device/sync/desk-calls.ts')).createDeskApi(ground)
  const known: Pick<DeskApi, 'fileUrl' | 'reportUrl'> = { reportUrl, fileUrl: (sha256, width) => `${apiPrefix}/files/${sha256}${width === undefined ? '' : `?width=${width}`}` }
  const call = (name: string | symbol) => async (...about: unknown[]): Promise<unknown> => {
    const made = Reflect.get(await loaded(), name) as (...given: unknown[]) => Promise<unknown>
    return made(...about)
  }
  return new Proxy(known as DeskApi, {
    get: (own, name) => {
      // Whoever awaits it must not take it for a promise; and a call is one and the same whenever it is looked at.
      if (!Object.hasOwn(own, name) && name !== 'then') Reflect.set(own, name, call(name))
      return Reflect.get(own, name) as unknown
    },
  })
}
