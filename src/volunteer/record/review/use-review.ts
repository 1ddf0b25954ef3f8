import { useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { Draft, Preferences, SaveProblem, UsedPlace } from '#device/device.ts'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { consentAtSave } from '#volunteer/fields/consent-uses.ts'
import { regionAtSave } from '#volunteer/fields/area-field.tsx'
import { textOf } from '#volunteer/fields/values.ts'
import { useToday } from '#volunteer/use-today.ts'
import { keepWish } from '#volunteer/keep-wish.ts'
import { discardWithPhotos } from '#volunteer/photos/additions.ts'
import type { DraftKeeper, PhotoMissing } from '#volunteer/record/draft-keeper.ts'
import { optionalIssues } from '#volunteer/record/review/optional-issues.ts'
import type { FieldName } from '#domain/entry.ts'
import { stepIssues } from '#volunteer/record/step-issues.ts'
import type { Issue } from '#volunteer/record/step-issues.ts'
import { savedSteps } from '#volunteer/record/steps.ts'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

interface Review {
  readonly isSaving: boolean
  /** The names of what still stands in the way, after Save has been tried. */
  readonly missing: readonly string[]
  /** The names of what is there and does not fit. */
  readonly unfit: readonly string[]
  /** Counts the saves that came to nothing, for whatever reason: each is answered where one looks. */
  readonly failures: number
  /** Counts the saves that an optional answer stood in the way of: each opens that answer. */
  readonly refusals: number
  readonly problem: SaveProblem | null
  /** The save was refused because a photo that was on its way did not come. */
  readonly isPhotoMissing: boolean
  readonly onSave: () => void
  readonly onDiscard: () => void
}

/** Recent topics are few: the tiles of the next entry begin with them. */
const keptTopics = 6
const keptPlaces = 5

export function useReview(keeper: DraftKeeper, draft: Draft): Review {
  const { words, additions } = useVolunteering()
  const device = useDevice()
  const [, navigate] = useLocation()
  const [isTried, setTried] = useState(false)
  const [isSaving, setSaving] = useState(false)
  const [problem, setProblem] = useState<SaveProblem | PhotoMissing | null>(null)
  const { startsOn = null, endsOn } = useWatch(device.membership)?.campaign ?? {}
  const issueGround = { today: useToday().day, startsOn, endsOn }
  const [refusals, setRefusals] = useState(0)
  const [failures, setFailures] = useState(0)
  const contradictions = optionalIssues(draft.content).map(({ field }) => field)
  const asked = savedSteps(draft.kind).flatMap((step) => stepIssues(step, draft, issueGround))
  const isMissing = ({ kind }: Issue): boolean => kind === 'missing' || kind === 'choose' || kind === 'notPlaced' || kind === 'regionMissing'
  const unfit = [...asked.filter((issue) => !isMissing(issue)).map(({ field }) => field), ...contradictions]
  const namesOf = (fields: readonly FieldName[]): readonly string[] => (isTried ? fields.map((field) => words.field(field === 'noneListed' ? 'answers' : field)) : [])

  const hasLeft = useLeft()

  async function save(): Promise<void> {
    setSaving(true)
    setProblem(null)
    const saved = await keeper.save((content) => ({ ...consentAtSave(content, words.locale), ...regionAtSave(content) }), () => hasLeft.current)
    if (saved.ok && saved.value !== null) void keepWish(device, usedLast(draft, device.preferences.get()))
    if (hasLeft.current) return
    setSaving(false)
    if (saved.ok) return saved.value === null ? undefined : navigate('/', { replace: true, state: { saved: saved.value } })
    setFailures((before) => before + 1)
    setProblem(saved.problem)
  }

  return {
    isSaving,
    missing: namesOf(asked.filter(isMissing).map(({ field }) => field)),
    unfit: namesOf(unfit),
    failures,
    refusals,
    problem: problem?.kind === 'photo-missing' ? null : problem,
    isPhotoMissing: problem?.kind === 'photo-missing',
    onSave: () => {
      setTried(true)
      if (asked.length + contradictions.length === 0) return void save()
      setFailures(failures + 1)
      if (contradictions.length > 0) setRefusals(refusals + 1)
    },
    onDiscard: () => {
      keeper.drop()
      void discardWithPhotos(device, additions, draft.id).then((refused) => {
        if (refused === null) return navigate('/', { replace: true })
        setProblem(refused)
        setFailures((before) => before + 1)
      })
    },
  }
}

/** A save can wait a minute for a photo; who is somewhere else by then has changed their mind, or the entry. */
function useLeft(): { readonly current: boolean } {
  const left = useRef(false)
  useEffect(() => {
    left.current = false
    return () => {
      left.current = true
    }
  }, [])
  return left
}

/** What this entry had is offered in the next one. */
function usedLast({ kind, content }: Draft, before: Preferences | undefined): Partial<Preferences> {
  const topic = textOf(content.topic)
  const recentTopics = [topic, ...(before?.recentTopics ?? []).filter((other) => other !== topic)].slice(0, keptTopics)
  const lastPlace = usedPlace(content)
  const isSame = (other: UsedPlace): boolean => [other.country, other.adm1Name, other.placeName].join('|') === [lastPlace.country, lastPlace.adm1Name, lastPlace.placeName].join('|')
  // A point alone has no name to be offered by.
  const named = (lastPlace.placeName ?? lastPlace.adm1Name) === undefined ? [] : [lastPlace]
  const recentPlaces = [...named, ...(before?.recentPlaces ?? []).filter((other) => !isSame(other))].slice(0, keptPlaces)
  return { recentTopics, lastPlace, recentPlaces, ...(kind === 'action' ? { lastOrg: { orgName: textOf(content.orgName), orgType: textOf(content.orgType) } } : {}) }
}

function usedPlace(content: Draft['content']): UsedPlace {
  const names = (['adm1Code', 'adm1Name', 'adm2Code', 'placeName'] as const).flatMap((field) => (textOf(content[field]) === '' ? [] : [[field, textOf(content[field])] as const]))
  return { country: textOf(content.country), ...Object.fromEntries(names) }
}
