import { useEffect, useState } from 'react'
import type { Device } from '#device/device.ts'
import type { Installing } from '#app/install.ts'
import { Notices } from '#app/notices.tsx'
import { startAfterwards } from '#app/start-afterwards.ts'
import type { Updates } from '#app/update.ts'

/** What begins when the first screen stands. Mounted once, for as long as the page lives. */
export function Afterwards({ device, installing }: { readonly device: Device; readonly installing: Installing }) {
  const [updates, setUpdates] = useState<Updates | null>(null)
  useEffect(() => setUpdates(startAfterwards(device)), [device])
  return updates === null ? null : <Notices device={device} updates={updates} installing={installing} />
}
