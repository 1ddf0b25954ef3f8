import type { Device } from '#device/device.ts'
import type { ChosenFile, UnsentFile } from '#device/handing-over.ts'

/** What is gathered before it is handed to the browser, which keeps it where it likes: on the disk, when it is long. */
const gatheredBytes = 1_000_000

/** A file out of parts that are made one after the other: no more than a megabyte of it is ours at a time. */
export async function fileOf({ name, type, parts }: Pick<UnsentFile, 'name' | 'type' | 'parts'>): Promise<File> {
  const blobs: Blob[] = []
  let gathered: BlobPart[] = []
  let bytes = 0
  for await (const part of parts) {
    gathered.push(part)
    bytes += part.length
    if (bytes < gatheredBytes) continue
    blobs.push(new Blob(gathered))
    gathered = []
    bytes = 0
  }
  return new File([...blobs, ...gathered], name, { type })
}

/** Everything that the server has not proved to hold. A photo that turned out in the making not to be readable is left out of the next try: the rest goes. */
export async function unsentFile(device: Pick<Device, 'exportUnsent'>): Promise<File> {
  const make = async (): Promise<File> => fileOf(await device.exportUnsent())
  return make().catch(make)
}

/** A file that a person chose, to be read piece by piece. */
export function chosenFile(file: Blob): ChosenFile {
  return { size: file.size, read: (start, end) => file.slice(start, end).arrayBuffer() }
}
