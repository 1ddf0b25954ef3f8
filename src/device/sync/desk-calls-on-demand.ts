import type { DeviceId } from '#domain/ids.ts'
import { fail } from '#domain/result.ts'
import { reportUrl } from '#device/sync/report-address.ts'
import type { DeskApi } from '#device/sync/desk-api.ts'
import type { DeskCalls, DeskGround } from '#device/sync/desk-calls.ts'
import { apiPrefix, deviceQuery } from '#protocol/version.ts'

/**
 * The desk's calls, loaded with their schemas at the first of them: no volunteer ever makes one, and the first visit has a budget, so that not
 * even their names stand in it. Addresses are told at once.
 */
export function createDeskApiOnDemand(ground: DeskGround, device: () => DeviceId | undefined): DeskApi {
  const loaded = async (): Promise<DeskCalls | null> => import('#device/sync/desk-calls.ts').then(({ createDeskApi }) => createDeskApi(ground), () => null)
  const known: Pick<DeskApi, 'fileUrl' | 'reportUrl'> = {
    reportUrl: (order) => reportUrl(order, device()),
    fileUrl: (sha256, width) => `${apiPrefix}/files/${sha256}?${deviceQuery}=${device()}${width === undefined ? '' : `&width=${width}`}`,
  }
  const call = (name: string | symbol) => async (...about: unknown[]): Promise<unknown> => {
    const calls = await loaded()
    if (calls === null) return fail({ kind: 'unreachable', code: 'not-loaded' })
    const made = Reflect.get(calls, name) as (...given: unknown[]) => Promise<unknown>
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
