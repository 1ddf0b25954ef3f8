import { useState } from 'react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Draft } from '#device/device.ts'
import type { Photo } from '#domain/entry.ts'
import { dayHere } from '#domain/day-here.ts'
import { BottomBar } from '#ui/bottom-bar/bottom-bar.tsx'
import { Button } from '#ui/button/button.tsx'
import { Fact, Facts } from '#ui/facts/facts.tsx'
import { IconLink } from '#ui/icon-button/icon-button.tsx'
import { KindMark } from '#ui/kind-mark/kind-mark.tsx'
import { sparePart } from '#ui/later-screen.tsx'
import { Note } from '#ui/note/note.tsx'
import { Page, PageTitle } from '#ui/page/page.tsx'
import { Words as OwnWords } from '#ui/words/words.tsx'
import { factsOf } from '#volunteer/fields/facts-of.tsx'
import type { FactLine } from '#volunteer/fields/facts-of.tsx'
import { textOf } from '#volunteer/fields/values.ts'
import { useAdding } from '#volunteer/photos/use-photos.ts'
import { InView } from '#volunteer/in-view.tsx'
import { DiscardDialog } from '#volunteer/record/discard-dialog.tsx'
import type { DraftKeeper } from '#volunteer/record/draft-keeper.ts'
import { LateNote, saveProblemId } from '#volunteer/record/draft-kept.tsx'
import { isPlaceAtRisk, noFinePlace } from '#volunteer/record/place-precision.ts'
import { MoreDetail } from '#volunteer/record/review/more-detail.tsx'
import { oneStepMore } from '#volunteer/record/draft-history.ts'
import { useReview } from '#volunteer/record/review/use-review.ts'
import styles from '#volunteer/record/record.module.css'
import { useHeadingFocus } from '#volunteer/record/use-focus.ts'
import { SaveProblemNote } from '#volunteer/save-problem-note.tsx'
import { useVolunteering, useWords } from '#volunteer/volunteer-context.tsx'

const PhotoCards = sparePart(async () => (await import('#volunteer/photos/photo-cards.tsx')).PhotoCards)
const AddingNote = sparePart(async () => (await import('#volunteer/photos/adding-note.tsx')).AddingNote)
const ReviewVoice = sparePart(async () => (await import('#volunteer/voice/kept-voice.tsx')).NamedKeptVoice)

interface ReviewStepProps {
  readonly header: ReactNode
  readonly keeper: DraftKeeper
  readonly draft: Draft
  readonly onBack: () => void
}

/** Everything once more before it is saved; each line leads back to its screen. */
export function ReviewStep({ header, keeper, draft, onBack }: ReviewStepProps) {
  const { ground, words, isPractice = false } = useVolunteering()
  const { say } = words
  const review = useReview(keeper, draft)
  useHeadingFocus('review', say('app.name'))
  const { content } = draft
  const footer = (
    <BottomBar>
      <Button icon="back" data-goes-back onClick={onBack}><span className="visually-hidden">{say('back')}</span></Button>
      <Button look="main" icon={isPractice ? 'check' : 'phone'} isDisabled={review.isSaving} onClick={review.onSave}>{say(isPractice ? 'practice.finish' : review.isSaving ? 'record.review.saving' : 'record.review.save')}</Button>
    </BottomBar>
  )
  return (
    <Page kind={draft.kind} header={header} footer={footer}>
      <PageTitle title={say('record.review.heading')} />
      <LateNote kept={keeper.get()} />
      <div className={styles.words}>
        <KindMark kind={draft.kind} />
        <div className={styles.wordsLine}>
          <ReviewWords draft={draft} />
          <ChangeLink draft={draft} step="words" name={say('fact.words')} />
        </div>
        {content.audio === undefined ? null : <ReviewVoice audio={content.audio} />}
      </div>
      <Facts>
        {factsOf(content, words, dayHere(ground.now())).map((line) => <ReviewFact key={line.id} draft={draft} line={line} />)}
        {draft.kind === 'action' ? <ReviewFact draft={draft} line={{ id: 'answers', name: say('fact.answers'), value: answersWords(), fields: [], step: 'answers' }} /> : null}
      </Facts>
      {Array.isArray(content.photos) && content.photos.length > 0 ? <PhotoCards draft={draft.id} photos={content.photos as readonly Photo[]} keeper={keeper} /> : null}
      <Preparing draft={draft} keeper={keeper} />
      <PlaceAtRisk draft={draft} keeper={keeper} />
      <MoreDetail draft={draft} keeper={keeper} refusals={review.refusals} />
      <Note>{say('record.consent.reminder')}</Note>
      <InView answer={review.failures}>
        <div role="alert">
          {review.missing.length === 0 ? null : <Note tone="stop" icon="warning">{say('saveIncomplete', { fields: words.format.list(review.missing) })}</Note>}
          {review.unfit.length === 0 ? null : <Note tone="stop" icon="warning">{say('saveUnfit', { fields: words.format.list(review.unfit) })}</Note>}
        </div>
        {review.isPhotoMissing ? <Note tone="ask" live="alert">{say('photo.missing')}</Note> : null}
        <SaveProblemNote id={saveProblemId} problem={review.problem ?? keeper.get().problem} />
      </InView>
      <p className={styles.quietLine}>{say('record.consent.back')}</p>
      <Discard onDiscard={review.onDiscard} />
    </Page>
  )

  function answersWords(): string | null {
    if (draft.answers.length > 0) return say('record.review.answers', { count: draft.answers.length })
    return content.noneListed === true ? say('record.answers.none') : null
  }
}

/** A voice note may stand for them. */
function ReviewWords({ draft: { content } }: { readonly draft: Draft }) {
  const { say } = useWords()
  const text = textOf(content.description)
  if (text !== '') return <OwnWords size="l" lang={textOf(content.lang)}>{text}</OwnWords>
  return <p className={content.audio === undefined ? styles.missing : styles.quietLine}>{say(content.audio === undefined ? 'record.review.missing' : 'home.voiceOnly')}</p>
}

/** The topic or a group can put people in danger, and the place says more than the region: asked once, never blocking. */
function PlaceAtRisk({ draft, keeper }: { readonly draft: Draft; readonly keeper: DraftKeeper }) {
  const { say } = useWords()
  if (!isPlaceAtRisk(draft)) return null
  return (
    <Note tone="ask" icon="eye-off" title={say('place.atRisk')} actions={<><Button onClick={() => keeper.choose(noFinePlace, 'region')}>{say('place.atRisk.region')}</Button><Button look="plain" onClick={() => keeper.choose({}, 'km')}>{say('risk.keep')}</Button></>}>
      {say('place.atRisk.text')}
    </Note>
  )
}

/** Photos that are still being made small, which a save waits for, and what became of those that did not come. */
function Preparing({ draft: { id }, keeper }: { readonly draft: Draft; readonly keeper: DraftKeeper }) {
  const { say } = useWords()
  const adding = useAdding(id)
  return (
    <>
      <div role="status">{adding.phase === 'shrinking' ? <Note icon="photo">{say('photo.preparing', { count: adding.left })}</Note> : null}</div>
      {adding.phase === 'idle' || adding.phase === 'shrinking' ? null : <AddingNote adding={adding} areWordsKept={keeper.get().problem === null} />}
    </>
  )
}

function ReviewFact({ draft, line }: { readonly draft: Draft; readonly line: FactLine }) {
  const { say } = useWords()
  if (line.id === 'photos' && line.value === null) return null
  return (
    <Fact name={line.name} action={<ChangeLink draft={draft} step={line.step} name={line.name} />}>
      {line.value ?? <span className={styles.missing}>{say('record.review.missing')}</span>}
    </Fact>
  )
}

function ChangeLink({ draft, step, name }: { readonly draft: Draft; readonly step: string; readonly name: string }) {
  const { say } = useWords()
  return <Link href={`/record/${draft.id}/${step}?from=review`} state={oneStepMore()} asChild><IconLink icon="edit" label={say('record.review.changeField', { field: name })} /></Link>
}

function Discard({ onDiscard }: { readonly onDiscard: () => void }) {
  const { say } = useWords()
  const [isAsked, setAsked] = useState(false)
  const handleDiscard = (): void => {
    setAsked(false)
    onDiscard()
  }
  return (
    <>
      <Button look="plain" icon="bin" onClick={() => setAsked(true)}>{say('record.review.discard')}</Button>
      {isAsked ? <DiscardDialog onCancel={() => setAsked(false)} onDiscard={handleDiscard} /> : null}
    </>
  )
}
