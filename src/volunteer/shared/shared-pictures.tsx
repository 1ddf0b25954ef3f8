import { useEffect, useState } from 'react'
import { readSharedFile } from '#device/media/shared.ts'
import type { SharedBatch } from '#device/media/shared.ts'
import styles from '#volunteer/shared/shared.module.css'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

/** The pictures as they came, to recognise them by. */
export function SharedPictures({ batch }: { readonly batch: SharedBatch }) {
  const { ground: { caches }, words: { say } } = useVolunteering()
  const [urls, setUrls] = useState<readonly string[]>([])
  useEffect(() => {
    let isCurrent = true
    const made: string[] = []
    async function show(): Promise<void> {
      if (caches === undefined) return
      for (const { n } of batch.files) {
        const file = await readSharedFile(caches, batch, n)
        if (!isCurrent) return
        if (file !== null) made.push(URL.createObjectURL(file))
      }
      setUrls([...made])
    }
    void show().catch(() => undefined)
    return () => {
      isCurrent = false
      for (const url of made) URL.revokeObjectURL(url)
    }
  }, [batch, caches])
  if (urls.length === 0) return null
  return <div className={styles.pictures}>{urls.map((url, index) => <img key={url} src={url} alt={say('photo.alt', { number: index + 1 })} />)}</div>
}
