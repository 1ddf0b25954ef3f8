import { Link } from 'wouter'
import { BlankLines, EmptyState } from '#ui/empty-state/empty-state.tsx'
import { EntryList } from '#ui/entry-row/entry-row.tsx'
import { IconLink } from '#ui/icon-button/icon-button.tsx'
import { PageHeader } from '#ui/page-header/page-header.tsx'
import { Page } from '#ui/page/page.tsx'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { EntryLine } from '#volunteer/entries/entry-line.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'
import { useTitle } from '#volunteer/use-title.ts'

/** Everything this author has saved, newest first. */
export function EntriesScreen() {
  const { say } = useWords()
  useTitle(say('entries.heading'))
  const entries = useWatch(useDevice().entries)
  const header = <PageHeader start={<Link href="/" asChild><IconLink icon="back" label={say('back')} /></Link>} title={say('entries.heading')} isHeading />
  return (
    <Page header={header}>
      {entries === undefined ? <BlankLines count={6} label={say('loading')} /> : null}
      {entries?.length === 0 ? <EmptyState>{say('home.empty')}</EmptyState> : null}
      <EntryList label={say('entries.heading')}>
        {entries?.map((entry) => <EntryLine key={entry.state.id} entry={entry} />)}
      </EntryList>
    </Page>
  )
}
