import type { Device } from '#device/device.ts'

/** Hands out everything that the server has not proved to hold, as a file that the desk or another phone imports. */
export async function saveUnsent(device: Pick<Device, 'exportUnsent'>, handOver: (file: File) => Promise<void>): Promise<void> {
  const { name, json } = await device.exportUnsent()
  await handOver(new File([json], name, { type: 'application/json' }))
}
