import { useEffect, useState } from 'react'
import { useHistoryState } from 'wouter/use-browser-location'
import { Toast } from '#ui/toast/toast.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'

const shownMs = 8000

/** Says "Saved on this phone." after a save has led here: the save has completed before. */
export function SavedWord() {
  const { say } = useWords()
  const state: unknown = useHistoryState()
  const isSaved = typeof state === 'object' && state !== null && 'saved' in state
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    if (!isSaved) return undefined
    // Drawn one step later than its place, so that screen readers hear it come; said once, not again after a reload.
    history.replaceState(null, '')
    setShown(true)
    return undefined
  }, [isSaved])
  useEffect(() => {
    if (!isShown) return undefined
    const timer = setTimeout(() => setShown(false), shownMs)
    return () => clearTimeout(timer)
  }, [isShown])
  return <Toast>{isShown ? say('record.saved.heading') : null}</Toast>
}
