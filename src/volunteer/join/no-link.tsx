import { sparePart } from '#ui/later-screen.tsx'
import { Note } from '#ui/note/note.tsx'
import { PageTitle } from '#ui/page/page.tsx'
import styles from '#volunteer/join/join.module.css'
import { useWords } from '#volunteer/volunteer-context.tsx'
import { useTitle } from '#volunteer/use-title.ts'

/**
 * Most come by a link; what else leads in is a chunk of its own. Where a browser threw all of it away, the app's files too, it does not come: the way
 * in stands without it, and nobody is told that all is still here.
 */
const OtherWays = sparePart(async () => (await import('#volunteer/campaigns/other-ways.tsx')).OtherWays)

/** What stands here without a link: what this is, and how one gets in. */
export function NoLink({ areWordsComplete }: { readonly areWordsComplete: boolean }) {
  const { say } = useWords()
  useTitle(say('join.noLinkHeading'))
  return (
    <>
      <PageTitle title={say('join.noLinkHeading')}>{say('join.noLinkMore')}</PageTitle>
      <Note tone="pen" icon="link">{say('join.noLink')}</Note>
      <p className={styles.quiet}>{say('join.once')}</p>
      {areWordsComplete ? <OtherWays /> : null}
    </>
  )
}
