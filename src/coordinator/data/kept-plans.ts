import type { Device } from '#device/device.ts'
import type { Plan } from '#exchange/plan.ts'
import { keptPlansIn } from '#exchange/plan-as-before.ts'
import type { KeptPlans } from '#exchange/plan-as-before.ts'
import type { Table } from '#exchange/table.ts'

const key = 'tables'
/** They lie beside what is being written, which is written with every word. */
const [mostPlans, longestPlan] = [4, 40_000] as const

/** On this device, for this campaign: it goes with them. Nothing where the disk cannot be read. */
export async function readPlans(device: Pick<Device, 'openWriting'>): Promise<KeptPlans> {
  try {
    const { begun } = await device.openWriting()
    return keptPlansIn(await new Promise((resolve) => {
      const look = (): void => {
        const all = begun.get()
        if (all === undefined) return
        stop()
        resolve(all[key] ?? [])
      }
      const stop = begun.subscribe(() => look())
      look()
    }))
  } catch {
    return []
  }
}

/** The next table with these columns is mapped likewise. What no disk takes is mapped by hand again. */
export async function keepPlan(device: Pick<Device, 'openWriting'>, { headers }: Table, plan: Plan): Promise<void> {
  if (JSON.stringify([headers, plan]).length > longestPlan) return
  const others = (await readPlans(device)).filter((one) => JSON.stringify(one.headers) !== JSON.stringify(headers))
  await device.openWriting().then((disk) => disk.keepBegun(key, [{ headers, plan }, ...others].slice(0, mostPlans))).catch(() => undefined)
}
