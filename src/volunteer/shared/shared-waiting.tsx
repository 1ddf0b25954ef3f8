import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { readShared } from '#device/media/shared.ts'
import { ButtonLink } from '#ui/button/button.tsx'
import { Note } from '#ui/note/note.tsx'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

/** One line on home while something from another app waits: shared before joining, or left for later. */
export function SharedWaiting() {
  const { ground: { caches }, words: { say } } = useVolunteering()
  const [isWaiting, setWaiting] = useState(false)
  useEffect(() => {
    let isCurrent = true
    // A browser that refuses its caches has kept nothing there.
    if (caches !== undefined) void readShared(caches).then((batches) => isCurrent && setWaiting(batches.length > 0), () => undefined)
    return () => {
      isCurrent = false
    }
  }, [caches])
  if (!isWaiting) return null
  return <Note tone="ask" icon="share" live="status" actions={<Link href="/shared" asChild><ButtonLink>{say('shared.look')}</ButtonLink></Link>}>{say('shared.waiting')}</Note>
}
