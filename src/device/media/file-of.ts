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

/** A file that a person chose, to be read piece by piece. */
export function chosenFile(file: Blob): ChosenFile {
  return { size: file.size, read: (start, end) => file.slice(start, end).arrayBuffer() }
}
