import { useEffect, useState } from 'react'
import { Toast } from '#ui/toast/toast.tsx'
import styles from '#volunteer/home/home.module.css'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** A moment after its place has been drawn, so that screen readers hear it come. */
const beginMs = 100
const endMs = 8000

/** Says "Saved on this phone." where a save has led here: the save has completed before. */
export function SavedWord() {
  const { say } = useWords()
  const [isSaved] = useState(() => cameFromSave(history.state))
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    if (!isSaved) return undefined
    const begin = setTimeout(() => {
      // Said once, not again after a reload.
      history.replaceState(null, '')
      setShown(true)
    }, beginMs)
    const end = setTimeout(() => setShown(false), endMs)
    return () => {
      clearTimeout(begin)
      clearTimeout(end)
    }
  }, [isSaved])
  return <div className={styles.saved}><Toast>{isShown ? say('record.saved.heading') : null}</Toast></div>
}

function cameFromSave(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'saved' in state
}
