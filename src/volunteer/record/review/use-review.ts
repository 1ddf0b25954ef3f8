import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Draft, Preferences, SaveProblem } from '#device/device.ts'
import { useDevice } from '#volunteer/device-context.tsx'
import { textOf } from '#volunteer/fields/values.ts'
import { dayOf } from '#volunteer/ground.ts'
import type { DraftKeeper } from '#volunteer/record/draft-keeper.ts'
import { optionalIssues } from '#volunteer/record/review/optional-issues.ts'
import { stepIssues } from '#volunteer/record/step-issues.ts'
import { pathOf } from '#volunteer/record/steps.ts'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

interface Review {
  readonly isSaving: boolean
  /** The names of what still stands in the way, after Save has been tried. */
  readonly missing: readonly string[]
  readonly problem: SaveProblem | null
  readonly onSave: () => void
  readonly onDiscard: () => void
}

/** Recent topics are few: the tiles of the next entry begin with them. */
const keptTopics = 6

export function useReview(keeper: DraftKeeper, draft: Draft): Review {
  const { ground, words } = useVolunteering()
  const device = useDevice()
  const [, navigate] = useLocation()
  const [isTried, setTried] = useState(false)
  const [isSaving, setSaving] = useState(false)
  const [problem, setProblem] = useState<SaveProblem | null>(null)
  const today = dayOf(ground.now())
  const fields = [...pathOf(draft.kind).flatMap((step) => stepIssues(step, draft, today).map(({ field }) => field)), ...optionalIssues(draft.content)]

  async function save(): Promise<void> {
    setSaving(true)
    setProblem(null)
    const saved = await keeper.save()
    setSaving(false)
    if (!saved.ok) return setProblem(saved.problem)
    void device.setPreferences(usedLast(draft, device.preferences.get()))
    navigate('/', { replace: true, state: { saved: saved.value } })
  }

  return {
    isSaving,
    missing: isTried ? fields.map((field) => words.field(field === 'noneListed' ? 'answers' : field)) : [],
    problem,
    onSave: () => {
      setTried(true)
      if (fields.length === 0) void save()
    },
    onDiscard: () => void device.discardDraft(draft.id).then(() => navigate('/', { replace: true })),
  }
}

/** What this entry had is offered in the next one. */
function usedLast({ kind, content }: Draft, before: Preferences | undefined): Partial<Preferences> {
  const topic = textOf(content.topic)
  const recentTopics = [topic, ...(before?.recentTopics ?? []).filter((other) => other !== topic)].slice(0, keptTopics)
  const adm1Name = textOf(content.adm1Name)
  const placeName = textOf(content.placeName)
  const lastPlace = { country: textOf(content.country), ...(adm1Name === '' ? {} : { adm1Name }), ...(placeName === '' ? {} : { placeName }) }
  return { recentTopics, lastPlace, ...(kind === 'action' ? { lastOrg: { orgName: textOf(content.orgName), orgType: textOf(content.orgType) } } : {}) }
}
