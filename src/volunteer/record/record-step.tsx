import { useId } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { Link } from 'wouter'
import { BottomBar } from '#ui/bottom-bar/bottom-bar.tsx'
import { Button } from '#ui/button/button.tsx'
import { IconLink } from '#ui/icon-button/icon-button.tsx'
import { laterScreen } from '#ui/later-screen.tsx'
import { PageHeader } from '#ui/page-header/page-header.tsx'
import { Page } from '#ui/page/page.tsx'
import { Progress } from '#ui/progress/progress.tsx'
import { SaveProblemNote } from '#volunteer/save-problem-note.tsx'
import { DraftKept, LateNote, saveProblemId } from '#volunteer/record/draft-kept.tsx'
import type { DraftKeeper } from '#volunteer/record/draft-keeper.ts'
import styles from '#volunteer/record/record.module.css'
import type { StepProps } from '#volunteer/record/step-frame.ts'
import { AnswersStep } from '#volunteer/record/steps/answers-step.tsx'
import { SeverityStep, TopicStep, TypeStep } from '#volunteer/record/steps/choice-steps.tsx'
import { ConsentStep } from '#volunteer/record/steps/consent-step.tsx'
import { DateStep } from '#volunteer/record/steps/date-step.tsx'
import { PlaceStep } from '#volunteer/record/steps/place-step.tsx'
import { ReachedStep } from '#volunteer/record/steps/reached-step.tsx'
import { SourceStep } from '#volunteer/record/steps/source-step.tsx'
import { StatusStep } from '#volunteer/record/steps/status-step.tsx'
import { WhoStep } from '#volunteer/record/steps/who-step.tsx'
import { WordsStep } from '#volunteer/record/steps/words-step.tsx'
import type { Step, StepId } from '#volunteer/record/steps.ts'
import { useOneTapAScreen } from '#volunteer/record/use-one-tap-a-screen.ts'
import { useRecordStep } from '#volunteer/record/use-record-step.ts'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

const { Screen: ReviewStep, load } = laterScreen(async () => (await import('#volunteer/record/review/review-step.tsx')).ReviewStep)

export async function loadReview(): Promise<void> {
  await load()
}

const steps: Readonly<Record<Exclude<StepId, 'review'>, (props: StepProps) => ReactNode>> = {
  type: TypeStep, topic: TopicStep, severity: SeverityStep, who: WhoStep, status: StatusStep, place: PlaceStep, date: DateStep,
  reached: ReachedStep, words: WordsStep, answers: AnswersStep, source: SourceStep, consent: ConsentStep,
}

/** One thing a screen, its acts in the thumb's reach; Enter is Next. From step to step only the form is made anew: header and bar stay where they are. */
export function RecordStep({ keeper, step }: { readonly keeper: DraftKeeper; readonly step: Step }) {
  const { isPractice = false, words: { say } } = useVolunteering()
  const formId = useId()
  useOneTapAScreen(step.id)
  const { kept, taps, isDetour, number, count, errorOf, onNext, onBack, onClose } = useRecordStep(keeper, step)
  const { draft } = kept
  const header = (
    <PageHeader start={<Link href="/" onClick={onClose} asChild><IconLink icon="close" label={say('record.close')} /></Link>} end={isPractice ? undefined : <DraftKept kept={kept} />}>
      <Progress step={number} steps={count} label={say('record.step', { step: number, steps: count })} />
    </PageHeader>
  )
  if (step.id === 'review') return <ReviewStep header={header} keeper={keeper} draft={draft} onBack={onBack} />
  const handleSubmit = (event: FormEvent): void => {
    event.preventDefault()
    onNext()
  }
  const StepFields = steps[step.id]
  return (
    <Page
      kind={draft.kind}
      header={header}
      footer={<BottomBar><Button icon="back" data-goes-back onClick={onBack}><span className="visually-hidden">{say('back')}</span></Button><Button look="main" type="submit" form={formId}>{say(isDetour ? 'done' : 'next')}</Button></BottomBar>}
    >
      <form autoComplete="off" key={step.id} id={formId} className={styles.form} noValidate onSubmit={handleSubmit} {...taps}>
        <LateNote kept={kept} />
        <StepFields draft={draft} content={draft.content} keeper={keeper} errorOf={errorOf} />
        <SaveProblemNote id={saveProblemId} problem={kept.problem} />
      </form>
    </Page>
  )
}
