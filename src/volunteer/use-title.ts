import { useEffect } from 'react'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** The title of the document: what screen readers say first, and what stands in the list of open apps. */
export function useTitle(screen: string): void {
  const { say } = useWords()
  const title = `${screen} – ${say('app.name')}`
  useEffect(() => {
    document.title = title
  }, [title])
}
