import type { ReactNode } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { LocalEntry } from '#device/device.ts'
import { reportPath } from '#device/report-pages.ts'
import { Button, ButtonLink } from '#ui/button/button.tsx'
import { BlankLines, EmptyState } from '#ui/empty-state/empty-state.tsx'
import { EntryList } from '#ui/entry-row/entry-row.tsx'
import { IconLink } from '#ui/icon-button/icon-button.tsx'
import { PageHeader } from '#ui/page-header/page-header.tsx'
import { Page } from '#ui/page/page.tsx'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { countedIn } from '#volunteer/entries/counted-in.ts'
import styles from '#volunteer/entries/entries.module.css'
import { EntryLine } from '#volunteer/entries/entry-line.tsx'
import { useGrowing } from '#volunteer/entries/use-growing.ts'
import { useTitle } from '#volunteer/use-title.ts'
import { useToday } from '#volunteer/use-today.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** Everything this author has saved, newest first; or what of it one published report counts. */
export function EntriesScreen() {
  const [search] = useSearchParams()
  const number = Number(search.get('report'))
  return Number.isInteger(number) && number > 0 ? <CountedEntries number={number} /> : <AllEntries />
}

function AllEntries() {
  const { say } = useWords()
  const entries = useWatch(useDevice().entries)
  return <Listed heading={say('entries.heading')} entries={entries}>{entries?.length === 0 ? <EmptyState>{say('home.empty')}</EmptyState> : null}</Listed>
}

function CountedEntries({ number }: { readonly number: number }) {
  const { say, locale } = useWords()
  const device = useDevice()
  const [entries, used] = [useWatch(device.entries), useWatch(device.used)]
  const url = used?.find((one) => one.number === number)?.url
  const path = url === undefined ? null : reportPath(url, { language: locale })
  return (
    <Listed heading={say('reported.heading', { number })} entries={entries === undefined || used === undefined ? undefined : countedIn(entries, { used, number })}>
      <div className={styles.ways}>
        {path === null ? null : <ButtonLink href={path} icon="report">{say('reported.read')}</ButtonLink>}
        <Link href="/entries" asChild><ButtonLink look="plain">{say('reported.all')}</ButtonLink></Link>
      </div>
    </Listed>
  )
}

function Listed({ heading, entries, children }: { readonly heading: string; readonly entries: readonly LocalEntry[] | undefined; readonly children: ReactNode }) {
  const { say } = useWords()
  useTitle(heading)
  const { told } = useToday()
  const { lines, grow, end } = useGrowing(entries?.length ?? 0)
  const header = <PageHeader start={<Link href="/" asChild><IconLink icon="back" label={say('back')} /></Link>} title={heading} isHeading />
  return (
    <Page header={header}>
      {children}
      {entries === undefined ? <BlankLines count={6} label={say('loading')} /> : null}
      <EntryList label={heading}>
        {entries?.slice(0, lines).map((entry) => <EntryLine key={entry.state.id} entry={entry} today={told} />)}
        {entries !== undefined && entries.length > lines ? <li ref={end} className={styles.more}><Button look="plain" isWide onClick={grow}>{say('entries.more')}</Button></li> : null}
      </EntryList>
    </Page>
  )
}
