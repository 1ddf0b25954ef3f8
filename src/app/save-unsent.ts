import type { Device } from '#device/device.ts'

/** Hands out everything that the server has not proved to hold, as a file that the desk or another phone imports. */
export async function saveUnsent(device: Pick<Device, 'exportUnsent'>, handOver: (file: File) => Promise<unknown>): Promise<void> {
  const { unsentFile } = await import('#device/media/file-of.ts')
  await handOver(await unsentFile(device))
}
