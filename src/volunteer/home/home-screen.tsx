import { Link } from 'wouter'
import { dayHere } from '#domain/day-here.ts'
import type { Membership } from '#device/device.ts'
import { ButtonLink } from '#ui/button/button.tsx'
import { BlankLines, EmptyState } from '#ui/empty-state/empty-state.tsx'
import { EntryList } from '#ui/entry-row/entry-row.tsx'
import { IconLink } from '#ui/icon-button/icon-button.tsx'
import { sparePart } from '#ui/later-screen.tsx'
import { PageHeader } from '#ui/page-header/page-header.tsx'
import { Page, Section } from '#ui/page/page.tsx'
import { QuestionCard } from '#ui/question-card/question-card.tsx'
import { RecordDock, RecordLink } from '#ui/record-button/record-button.tsx'
import { EntryLine } from '#volunteer/entries/entry-line.tsx'
import { OpenDrafts } from '#volunteer/home/open-drafts.tsx'
import { KeptNow } from '#volunteer/home/kept-now.tsx'
import { QuestionAbout } from '#volunteer/home/question-about.tsx'
import { SavedWord } from '#volunteer/home/saved-word.tsx'
import { useHome } from '#volunteer/home/use-home.ts'
import { WeatherNow } from '#volunteer/home/weather-now.tsx'
import styles from '#volunteer/home/home.module.css'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'
import { useTitle } from '#volunteer/use-title.ts'

const AtRisk = sparePart(async () => (await import('#volunteer/carry/at-risk.tsx')).AtRisk)
const QuietLines = sparePart(async () => (await import('#volunteer/home/quiet-lines.tsx')).QuietLines)

/** As many entries as one looks through with the thumb; the rest are one tap away. */
const shownEntries = 12
/** As many as a screen of this height shows, behind header and dock: the others are drawn behind the first frame. */
const entriesInSight = (): number => Math.min(shownEntries, Math.ceil(innerHeight / 148))

export function HomeScreen({ membership, areWordsComplete, isAtLeisure }: { readonly membership: Membership; readonly areWordsComplete: boolean; readonly isAtLeisure: boolean }) {
  const { ground, words: { say }, homeCard } = useVolunteering()
  const { look, drafts, begun, questions, unread, sync, nameOf } = useHome()
  const isTold = areWordsComplete && isAtLeisure
  useTitle(say('title.home'))
  const settings = <Link href="/settings" asChild><IconLink icon="settings" label={say('home.settings')} /></Link>
  return (
    <Page
      header={<PageHeader title={membership.campaign.name} subtitle={membership.member.organisation ?? membership.member.name} end={settings} />}
      footer={<Dock />}
    >
      <h1 className="visually-hidden">{say('title.home')}</h1>
      <div className={styles.state}>
        <div className={styles.weather}><WeatherNow /></div>
        {sync === undefined ? null : <KeptNow sync={sync} isAllSafe={look?.all?.isSafe === true} />}
        {isTold && sync !== undefined && sync.pendingEntries > 0 ? <AtRisk /> : null}
        {isTold ? <QuietLines /> : null}
      </div>
      {questions.map(({ entry, question }) => (
        <QuestionCard
          key={question.id}
          title={say('home.question', { name: nameOf(question.askedBy) })}
          question={question.text}
          about={<QuestionAbout entry={entry} field={question.field} />}
          action={<Link href={`/entry/${entry.state.id}#${question.field}`} asChild><ButtonLink>{say('home.answer')}</ButtonLink></Link>}
        />
      ))}
      {unread.map(({ entry, comment }) => (
        <QuestionCard
          key={comment.change}
          icon="comment"
          title={say('home.comment', { name: nameOf(comment.memberId) })}
          question={comment.text}
          lang={comment.lang}
          about={<QuestionAbout entry={entry} />}
          action={<Link href={`/entry/${entry.state.id}#talk`} asChild><ButtonLink>{say('home.read')}</ButtonLink></Link>}
        />
      ))}
      <OpenDrafts drafts={drafts} begun={begun} />
      <Section title={say('home.heading')} aside={look === undefined || look.newest.length <= shownEntries ? null : <Link href="/entries">{look.all === null ? say('home.allUncounted') : say('home.all', { count: look.all.count })}</Link>}>
        {look === undefined ? <BlankLines count={4} label={say('loading')} /> : null}
        {look?.newest.length === 0 ? <EmptyState action={<Link href="/help" asChild><ButtonLink>{say('home.help')}</ButtonLink></Link>}>{say('home.empty')}</EmptyState> : null}
        <EntryList>{look?.newest.slice(0, isAtLeisure ? shownEntries : entriesInSight()).map((entry) => <EntryLine key={entry.state.id} entry={entry} today={dayHere(ground.now())} />)}</EntryList>
      </Section>
      {homeCard}
      <SavedWord />
      {membership.abilities.includes('review') ? <Link href="/desk" asChild><ButtonLink icon="list">{say('home.desk')}</ButtonLink></Link> : null}
    </Page>
  )
}

function Dock() {
  const { words: { say } } = useVolunteering()
  return (
    <RecordDock label={say('home.record')}>
      <Link href="/new/challenge" asChild><RecordLink kind="challenge" word={say('home.challenge')} note={say('home.challengeHint')} /></Link>
      <Link href="/new/action" asChild><RecordLink kind="action" word={say('home.action')} note={say('home.actionHint')} /></Link>
    </RecordDock>
  )
}
