import type { Membership, Preferences } from '#device/device.ts'
import { keptPoint } from '#domain/disclosure.ts'
import type { DraftContent, EntryContent, Kind } from '#domain/entry.ts'

export interface FirstContent {
  readonly kind: Kind
  /** Null where the phone's clock cannot be right: nothing is dated by it. */
  readonly today: string | null
  readonly membership: Membership
  readonly preferences: Preferences
}

/**
 * What stands in a new draft before the author has said anything: only what is nearly always so and is seen again on its
 * screen (today, this month, the general population, the organisation of last time). Judgements stay empty, and the words bring
 * their language. A draft with no more than these fields goes when it is closed (`device/untouched.ts`).
 */
export function firstContent({ kind, today, membership, preferences }: FirstContent): Readonly<Record<string, unknown>> {
  const { countries } = membership.campaign
  const country = preferences.lastPlace?.country ?? (countries.length === 1 ? countries[0] : undefined)
  const shared = { ...(today === null ? {} : { observedOn: today }), populationGroup: ['GEN'], ...(country === undefined ? {} : { country }) }
  return kind === 'challenge' ? shared : { ...shared, ...(today === null ? {} : { startOn: `${today.slice(0, 7)}-01` }), ...firstOrganisation(membership, preferences) }
}

/** What an update of an entry takes over from it: where, about whom and what it is. How it stands now is said anew. */
const carriedOver = ['topic', 'populationGroup', 'focusGroup', 'country', 'adm1Code', 'adm1Name', 'adm2Code', 'placeName', 'setting', 'lat', 'lon', 'geoPrecisionM', 'actionType', 'orgName', 'orgType', 'startOn', 'title', 'affectedUnit', 'reachedUnit'] as const

export function updatedContent(first: FirstContent, before: EntryContent): Readonly<Record<string, unknown>> {
  const source: DraftContent = { ...before, ...coarseAgain(before) }
  return { ...firstContent(first), ...Object.fromEntries(carriedOver.flatMap((field) => (source[field] === undefined ? [] : [[field, source[field]] as const]))) }
}

/** How exactly a place may be known is chosen for each entry: a point that was kept exactly then is taken over to about a kilometre. */
function coarseAgain({ lat, lon, geoPrecisionM }: EntryContent): Partial<ReturnType<typeof keptPoint>> {
  return lat === undefined || lon === undefined ? {} : keptPoint({ lat, lon, accuracyM: geoPrecisionM ?? 0 }, 'km')
}

function firstOrganisation(membership: Membership, preferences: Preferences): Readonly<Record<string, unknown>> {
  if (preferences.lastOrg !== null) return preferences.lastOrg
  const { organisation } = membership.member
  return organisation === undefined ? {} : { orgName: organisation }
}
