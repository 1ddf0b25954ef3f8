import { Button } from '#ui/button/button.tsx'
import { Note } from '#ui/note/note.tsx'
import styles from '#volunteer/photos/photos.module.css'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

/** On whatever screen is open: a photo came when its draft was already gone. */
export function LostPhotos({ count }: { readonly count: number }) {
  const { additions, words: { say } } = useVolunteering()
  return <div className={styles.lost}><Note tone="stop" icon="warning" live="alert" actions={<Button onClick={additions.onTold}>{say('done')}</Button>}>{say('photo.lost', { count })}</Note></div>
}
