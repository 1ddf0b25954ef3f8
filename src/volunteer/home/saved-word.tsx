import { useEffect, useState } from 'react'
import { Toast } from '#ui/toast/toast.tsx'
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
  return <Toast>{isShown ? say('record.saved.heading') : null}</Toast>
}

function cameFromSave(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'saved' in state
}
