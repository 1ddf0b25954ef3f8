import { useEffect, useState } from 'react'
import type { Sha256 } from '#domain/ids.ts'
import { useDevice } from '#volunteer/device-context.tsx'

/** Blob addresses by hash, revoked when they are no longer shown; null for what this phone does not hold. */
export function useThumbnails(names: readonly Sha256[]): ReadonlyMap<Sha256, string | null> {
  const device = useDevice()
  const [urls, setUrls] = useState<ReadonlyMap<Sha256, string | null>>(new Map())
  const key = names.join(' ')

  useEffect(() => {
    let isLeft = false
    const made: string[] = []
    const read = key.split(' ').filter((name) => name !== '').map(async (name) => {
      const file = await device.readFile(name as Sha256)
      if (file === null) return [name as Sha256, null] as const
      const url = URL.createObjectURL(new Blob([file.bytes], { type: file.type }))
      made.push(url)
      return [name as Sha256, url] as const
    })
    void Promise.all(read).then((pairs) => {
      if (isLeft) made.forEach((url) => URL.revokeObjectURL(url))
      else setUrls(new Map(pairs))
    })
    return () => {
      isLeft = true
      made.forEach((url) => URL.revokeObjectURL(url))
    }
  }, [device, key])

  return urls
}
