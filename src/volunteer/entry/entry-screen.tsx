import { useState } from 'react'
import { Link } from 'wouter'
import type { LocalEntry } from '#device/device.ts'
import type { EntryId } from '#domain/ids.ts'
import { Button, ButtonLink } from '#ui/button/button.tsx'
import { BlankLines } from '#ui/empty-state/empty-state.tsx'
import { Menu } from '#ui/fold/fold.tsx'
import { IconLink } from '#ui/icon-button/icon-button.tsx'
import { KindMark } from '#ui/kind-mark/kind-mark.tsx'
import { Note } from '#ui/note/note.tsx'
import { PageHeader } from '#ui/page-header/page-header.tsx'
import { Page, PageTitle, Section } from '#ui/page/page.tsx'
import { Ref } from '#ui/ref/ref.tsx'
import { StateMark } from '#ui/state-mark/state-mark.tsx'
import { Toast } from '#ui/toast/toast.tsx'
import { useEntry } from '#volunteer/device-context.tsx'
import { standingOf } from '#volunteer/entries/standing.ts'
import { sayStanding } from '#volunteer/entries/standing-words.ts'
import { EntryConsent } from '#volunteer/entry/entry-consent.tsx'
import { EntryFacts } from '#volunteer/entry/entry-facts.tsx'
import { EntryStory } from '#volunteer/entry/entry-story.tsx'
import { EntryTalk } from '#volunteer/entry/entry-talk.tsx'
import { EntryTrail } from '#volunteer/entry/entry-trail.tsx'
import { EntryWords } from '#volunteer/entry/entry-words.tsx'
import { useEntryActs } from '#volunteer/entry/use-entry-acts.ts'
import { WithdrawDialog } from '#volunteer/entry/withdraw-dialog.tsx'
import { KeptPhotos } from '#volunteer/fields/kept-photos.tsx'
import { WeatherNow } from '#volunteer/home/weather-now.tsx'
import { SaveProblemNote } from '#volunteer/save-problem-note.tsx'
import styles from '#volunteer/entry/entry.module.css'
import { useWords } from '#volunteer/volunteer-context.tsx'
import { useTitle } from '#volunteer/use-title.ts'

export function EntryScreen({ id }: { readonly id: EntryId }) {
  const { say } = useWords()
  const entry = useEntry(id)
  const back = <Link href="/" asChild><IconLink icon="back" label={say('entry.back')} /></Link>
  if (entry === undefined) return <Page header={<PageHeader start={back} />}><BlankLines count={6} label={say('loading')} /></Page>
  if (entry === null) return <Page header={<PageHeader start={back} />}><PageTitle title={say('entry.gone')} /></Page>
  return <KnownEntry key={id} entry={entry} />
}

/** One entry with all that is known of it: what was said, what was asked, what became of it. */
function KnownEntry({ entry }: { readonly entry: LocalEntry }) {
  const words = useWords()
  const { say } = words
  const { state } = entry
  const acts = useEntryActs(state.id)
  useTitle(state.ref ?? state.content.description ?? say('home.voiceOnly'))
  const [isEditing, setEditing] = useState(false)
  const [isWithdrawing, setWithdrawing] = useState(false)
  const isOpen = state.review !== 'withdrawn'
  const photos = state.content.photos ?? []
  const header = (
    <PageHeader
      start={<Link href="/" asChild><IconLink icon="back" label={say('entry.back')} /></Link>}
      title={state.ref === null ? say('state.here') : <Ref value={state.ref} />}
      end={isOpen ? <EntryMenu id={state.id} isEditing={isEditing} onEdit={setEditing} onWithdraw={() => setWithdrawing(true)} /> : undefined}
    />
  )
  return (
    <Page kind={state.kind} header={header} footer={<WeatherNow offlineWords={say('talk.offline')} />}>
      <div className={styles.head}>
        <div className={styles.spread}><KindMark kind={state.kind} /><StateMark state={standingOf(entry)}>{sayStanding(words, entry)}</StateMark></div>
        <EntryWords entry={entry} acts={acts} isEditing={isEditing} />
      </div>
      <NotUsed entry={entry} />
      {isEditing ? <Note tone="pen" actions={<Button onClick={() => setEditing(false)}>{say('entry.editDone')}</Button>}>{say('entry.editHint')}</Note> : null}
      <EntryFacts entry={entry} acts={acts} isEditing={isEditing} />
      {photos.length === 0 ? null : (
        <Section title={say('entry.photos')} look="words">
          <KeptPhotos photos={photos} stateOf={(sha256) => (state.storedFiles.includes(sha256) ? undefined : say('photo.waiting'))} />
        </Section>
      )}
      <EntryConsent entry={entry} acts={acts} />
      <EntryStory entry={entry} />
      <SaveProblemNote problem={acts.problem} />
      <EntryTrail entry={entry} />
      <EntryTalk entry={entry} onComment={acts.onComment} />
      <Toast>{acts.isSaved ? say('entry.saved') : null}</Toast>
      {isWithdrawing ? <WithdrawDialog onCancel={() => setWithdrawing(false)} onWithdraw={(reason) => void acts.onWithdraw(reason).then(() => setWithdrawing(false))} /> : null}
    </Page>
  )
}

function EntryMenu({ id, isEditing, onEdit, onWithdraw }: { readonly id: EntryId; readonly isEditing: boolean; readonly onEdit: (isEditing: boolean) => void; readonly onWithdraw: () => void }) {
  const { say } = useWords()
  return (
    <Menu label={say('entry.menu')}>
      <Link href={`/update/${id}`} asChild><ButtonLink look="plain" icon="retry">{say('entry.update')}</ButtonLink></Link>
      <Button look="plain" icon="edit" onClick={() => onEdit(!isEditing)}>{say(isEditing ? 'entry.editDone' : 'entry.edit')}</Button>
      <Button look="stop" icon="withdrawn" onClick={onWithdraw}>{say('entry.withdraw')}</Button>
    </Menu>
  )
}

/** Why an entry was not used, in the coordinator's words. */
function NotUsed({ entry: { state } }: { readonly entry: LocalEntry }) {
  const { say } = useWords()
  if (state.review !== 'rejected') return null
  const reason = state.trail.findLast((step) => step.step === 'reject')?.reason
  return <Note tone="stop" icon="close">{reason === undefined || reason === '' ? say('entry.notUsedBare') : say('entry.notUsed', { reason })}</Note>
}
