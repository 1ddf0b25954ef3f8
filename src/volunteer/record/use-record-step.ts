import { useEffect, useState } from 'react'
import { useLocation, useSearch } from 'wouter'
import type { FieldName } from '#domain/entry.ts'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import type { DraftKeeper, KeptDraft } from '#volunteer/record/draft-keeper.ts'
import { issueWords } from '#volunteer/fields/issue-words.ts'
import { stepIssues } from '#volunteer/record/step-issues.ts'
import { useOwnLanguage } from '#volunteer/record/use-own-language.ts'
import { oneStepMore } from '#volunteer/record/draft-history.ts'
import { pathOf, stepAfter, stepBefore } from '#volunteer/record/steps.ts'
import type { Step, StepId } from '#volunteer/record/steps.ts'
import { useKept } from '#volunteer/record/use-draft.ts'
import { useToday } from '#volunteer/use-today.ts'
import { useTapOnward } from '#volunteer/record/use-tap-onward.ts'
import type { TapHandlers } from '#volunteer/record/use-tap-onward.ts'
import { isWholeAnswer } from '#volunteer/record/whole-answer.ts'
import { focusFirstInvalid, useFieldFocus, useHeadingFocus } from '#volunteer/record/use-focus.ts'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

interface RecordStepState {
  readonly kept: KeptDraft
  /** The review sent the author here to change one thing; Next leads back there. */
  readonly isDetour: boolean
  readonly number: number
  readonly count: number
  readonly errorOf: (field: FieldName) => string | undefined
  readonly onNext: () => void
  /** For the form: a tap that is the whole answer of a screen goes on by itself. */
  readonly taps: TapHandlers
  readonly onBack: () => void
  readonly onClose: () => void
}

/** Goes from step to step; a field says what is wrong with it only after Next has been tried. */
export function useRecordStep(keeper: DraftKeeper, step: Step): RecordStepState {
  const { words } = useVolunteering()
  const device = useDevice()
  const [, navigate] = useLocation()
  const isDetour = new URLSearchParams(useSearch()).get('from') === 'review'
  const [tried, setTried] = useState<StepId | null>(null)
  const kept = useKept(keeper)
  const { draft } = kept
  const { startsOn = null, endsOn } = useWatch(device.membership)?.campaign ?? {}
  const issues = stepIssues(step, draft, { today: useToday().day, startsOn, endsOn })
  const path = pathOf(draft.kind)
  const index = path.findIndex(({ id }) => id === step.id)

  useOwnLanguage(keeper, draft.content)
  useHeadingFocus(step.id, words.say('app.name'))
  useFieldFocus(draft.step === step.id ? draft.focus : null, keeper.focus)
  useEffect(() => keeper.go(step.id), [keeper, step.id])

  const goTo = (id: StepId, isBack: boolean): void => {
    void keeper.flush()
    navigate(`/record/${draft.id}/${id}`, { replace: isBack, state: isBack ? history.state : oneStepMore() })
  }
  const close = (): void => void keeper.close()
  const taps = useTapOnward(step.id, !isDetour && issues.length === 0 && isWholeAnswer(draft, step.id), () => goTo(stepAfter(draft.kind, step.id).id, false))
  return {
    kept,
    taps,
    isDetour,
    number: index < 0 ? path.length : index + 1,
    count: path.length,
    errorOf: (field) => {
      const issue = tried === step.id ? issues.find((other) => other.field === field) : undefined
      return issue === undefined ? undefined : issueWords(words, issue, draft.content[field])
    },
    onNext: () => {
      setTried(step.id)
      if (issues.length > 0) return focusFirstInvalid()
      goTo(isDetour ? 'review' : stepAfter(draft.kind, step.id).id, false)
    },
    onBack: () => {
      const before = isDetour ? null : stepBefore(draft.kind, step.id)
      if (isDetour) return goTo('review', true)
      if (before !== null) return goTo(before.id, true)
      close()
      navigate('/')
    },
    onClose: close,
  }
}
