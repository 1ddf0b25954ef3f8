import { useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import type { Begun, LocalEntry, SaveProblem } from '#device/device.ts'
import type { EntryId } from '#domain/ids.ts'
import { apart } from '#i18n/apart.ts'
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
import { useDevice, useEntry, useWatch } from '#volunteer/device-context.tsx'
import { reasonNotUsed, standingOf } from '#volunteer/entries/standing.ts'
import { sayStanding } from '#volunteer/entries/standing-words.ts'
import { EndDialog } from '#volunteer/entry/end-dialog.tsx'
import { EntryConsent } from '#volunteer/entry/entry-consent.tsx'
import { EntryFacts } from '#volunteer/entry/entry-facts.tsx'
import { EntryStory } from '#volunteer/entry/entry-story.tsx'
import { EntryTalk } from '#volunteer/entry/entry-talk.tsx'
import { EntryTrail } from '#volunteer/entry/entry-trail.tsx'
import { EntryWords } from '#volunteer/entry/entry-words.tsx'
import { LeftWords } from '#volunteer/entry/left-words.tsx'
import { isBegun, lateField, useBegun } from '#volunteer/entry/use-begun.ts'
import { useEntryActs } from '#volunteer/entry/use-entry-acts.ts'
import { KeptPhotos } from '#volunteer/fields/kept-photos.tsx'
import { WeatherNow } from '#volunteer/home/weather-now.tsx'
import { InView } from '#volunteer/in-view.tsx'
import { SaveProblemNote } from '#volunteer/save-problem-note.tsx'
import styles from '#volunteer/entry/entry.module.css'
import { useWords } from '#volunteer/volunteer-context.tsx'
import { useTitle } from '#volunteer/use-title.ts'

export function EntryScreen({ id }: { readonly id: EntryId }) {
  const { say } = useWords()
  const entry = useEntry(id)
  const begun = useWatch(useDevice().begun)
  const [erased, setErased] = useState<EntryId | null>(null)
  const back = <Link href="/" asChild><IconLink icon="back" label={say('entry.back')} /></Link>
  if (entry === undefined || begun === undefined) return <Page header={<PageHeader start={back} />}><BlankLines count={6} label={say('loading')} /></Page>
  const first = begun.find(({ entryId }) => entryId === id) ?? null
  if (entry === null) {
    return (
      <Page header={<PageHeader start={back} />}>
        <PageTitle title={say(erased === id ? 'entry.erased' : 'entry.gone')} />
        {erased === id ? <p role="status">{say('entry.erasedText')}</p> : null}
        {first === null || erased === id ? null : <LeftWords begun={first} />}
      </Page>
    )
  }
  return <KnownEntry key={id} entry={entry} first={first} onErasing={setErased} />
}

/** One entry with all that is known of it: what was said, what was asked, what became of it. */
function KnownEntry({ entry, first, onErasing }: { readonly entry: LocalEntry; readonly first: Begun | null; readonly onErasing: (id: EntryId) => void }) {
  const words = useWords()
  const { say } = words
  const { state } = entry
  const begun = useBegun(entry, first)
  const acts = useEntryActs(state, begun)
  useTitle(state.ref ?? state.content.description ?? say('home.voiceOnly'))
  const isChanged = Object.keys(begun.kept.fields).some((field) => isBegun(entry, begun, field))
  const [isEditing, setEditing] = useState(isChanged)
  const [wasChanged, setChanged] = useState(isChanged)
  // Another window may begin a change.
  if (wasChanged !== isChanged) {
    setChanged(isChanged)
    setEditing(isEditing || isChanged)
  }
  const [isAsked, setAsked] = useState(false)
  const handleEdit = (isOn: boolean): void => {
    setEditing(isOn)
    setAsked(isOn)
  }
  const [isLate] = useState(() => lateField() !== undefined)
  const [asks, setAsks] = useState<'withdraw' | 'erase' | null>(null)
  const isOpen = state.review !== 'withdrawn'
  const photos = state.content.photos ?? []
  const problemOf = (act: 'revise' | 'comment' | 'withdraw' | 'erase'): SaveProblem | null => (acts.problem?.act === act ? acts.problem.problem : null)
  // What was not saved is told in the dialog, where the reason still stands.
  const closeIfKept = (isKept: boolean): void => setAsks((asked) => (isKept ? null : asked))
  const handleEnd = (reason: string): void => {
    // Said before it is done: the entry is gone from the screen as soon as it is gone from the phone.
    if (asks === 'erase') onErasing(state.id)
    void (asks === 'erase' ? acts.onErase(state.head, reason) : acts.onWithdraw(reason)).then(closeIfKept)
  }
  const header = (
    <PageHeader
      start={<Link href="/" asChild><IconLink icon="back" label={say('entry.back')} /></Link>}
      title={state.ref === null ? say('state.here') : <Ref value={state.ref} />}
      end={<EntryMenu id={state.id} isOpen={isOpen} isEditing={isEditing} onEdit={handleEdit} onAsk={setAsks} />}
    />
  )
  return (
    <Page kind={state.kind} header={header} footer={<WeatherNow offlineWords={say('talk.offline')} />}>
      {isLate && isChanged ? <Note tone="ask" live="status">{say('record.late')}</Note> : null}
      <div className={styles.head}>
        <div className={styles.spread}><KindMark kind={state.kind} /><StateMark state={standingOf(entry)}>{sayStanding(words, entry)}</StateMark></div>
        <EntryWords entry={entry} acts={acts} begun={begun} isEditing={isEditing} />
      </div>
      <NotUsed entry={entry} onEdit={isEditing ? null : () => handleEdit(true)} />
      {isEditing ? <EditHint isAsked={isAsked} onDone={() => handleEdit(false)} /> : null}
      <EntryFacts entry={entry} acts={acts} begun={begun} isEditing={isEditing} />
      {photos.length === 0 ? null : (
        <Section title={say('entry.photos')} look="words">
          <KeptPhotos photos={photos} stateOf={(sha256, isGone) => (state.storedFiles.includes(sha256) ? (isGone ? say('photo.away') : undefined) : say(isGone ? 'photo.broken' : 'photo.waiting'))} />
        </Section>
      )}
      <EntryConsent entry={entry} acts={acts} />
      <EntryStory entry={entry} />
      <InView answer={problemOf('revise') ?? problemOf('comment')}><SaveProblemNote problem={problemOf('revise') ?? problemOf('comment') ?? begun.kept.problem} /></InView>
      <EntryTrail entry={entry} />
      <EntryTalk entry={entry} begun={begun} onComment={acts.onComment} />
      <Toast>{acts.isSaved ? say('entry.saved') : null}</Toast>
      {asks === null ? null : <EndDialog act={asks} entry={entry} begun={begun} problem={problemOf(asks)} onCancel={() => setAsks(null)} onConfirm={handleEnd} />}
    </Page>
  )
}

/** Whoever asked to correct the entry goes on here: what they tapped is gone, and what can be changed stands below. Words that were begun before have the caret themselves. */
function EditHint({ isAsked, onDone }: { readonly isAsked: boolean; readonly onDone: () => void }) {
  const { say } = useWords()
  const hint = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (isAsked) hint.current?.focus()
  }, [isAsked])
  return <Note tone="pen" actions={<Button onClick={onDone}>{say('entry.editDone')}</Button>}><p ref={hint} tabIndex={-1}>{say('entry.editHint')}</p></Note>
}

interface EntryMenuProps {
  readonly id: EntryId
  /** Not taken back: then all that is left is to erase it. */
  readonly isOpen: boolean
  readonly isEditing: boolean
  readonly onEdit: (isEditing: boolean) => void
  readonly onAsk: (act: 'withdraw' | 'erase') => void
}

function EntryMenu({ id, isOpen, isEditing, onEdit, onAsk }: EntryMenuProps) {
  const { say } = useWords()
  return (
    <Menu label={say(isOpen ? 'entry.menu' : 'entry.menuTaken')}>
      {isOpen ? (
        <>
          <Link href={`/update/${id}`} asChild><ButtonLink look="plain" icon="retry">{say('entry.update')}</ButtonLink></Link>
          <Button look="plain" icon="edit" onClick={() => onEdit(!isEditing)}>{say(isEditing ? 'entry.editDone' : 'entry.edit')}</Button>
          <Button look="stop" icon="withdrawn" onClick={() => onAsk('withdraw')}>{say('entry.withdraw')}</Button>
        </>
      ) : null}
      <Button look="stop" icon="bin" onClick={() => onAsk('erase')}>{say('entry.erase')}</Button>
    </Menu>
  )
}

/** Why an entry was not used, in the coordinator's words, and the way on: a change brings it back before their eyes. */
function NotUsed({ entry, onEdit }: { readonly entry: LocalEntry; readonly onEdit: (() => void) | null }) {
  const { say, locale } = useWords()
  if (entry.state.review !== 'rejected') return null
  const reason = reasonNotUsed(entry)
  return (
    <Note tone="stop" icon="close" actions={onEdit === null ? undefined : <Button icon="edit" onClick={onEdit}>{say('entry.edit')}</Button>}>
      <p>{reason === undefined ? say('entry.notUsedBare') : say('entry.notUsed', { reason: apart(locale, reason) })}</p>
      {reason === undefined ? null : <p className={styles.quiet}>{say('entry.notUsedAgain')}</p>}
    </Note>
  )
}
