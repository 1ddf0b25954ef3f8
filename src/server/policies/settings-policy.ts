import type { CampaignSettings } from '#protocol/campaign.ts'
import type { Campaign } from '#protocol/membership.ts'
import type { SettingChange } from '#server/store/campaign-store.ts'
import type { StoredCampaign } from '#server/store/store.ts'

/**
 * What a campaign becomes by these settings, with what each was before; null when they do not fit each other: a last day before
 * the first, or a time of erasure without a last day to count from.
 */
export function settledCampaign(current: StoredCampaign, set: CampaignSettings): { readonly campaign: StoredCampaign; readonly changes: readonly SettingChange[] } | null {
  const { consentNote, ...plain } = set
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined))
  const noted = consentNote === undefined ? {} : { consentNote: nextNote(current.consentNote ?? null, consentNote) }
  const campaign: StoredCampaign = { ...current, ...given, ...noted }
  const { startsOn, endsOn, retentionMonths } = campaign
  if (startsOn !== null && endsOn !== undefined && endsOn !== null && endsOn < startsOn) return null
  if (retentionMonths !== undefined && retentionMonths !== null && (endsOn === undefined || endsOn === null)) return null
  const changes = Object.keys({ ...given, ...noted }).flatMap((setting): readonly SettingChange[] => {
    const [before, after] = [Reflect.get(current, setting) ?? null, Reflect.get(campaign, setting) ?? null] as const
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ setting, before: noteworthy(setting, before), after: noteworthy(setting, after) }]
  })
  return { campaign, changes }
}

/** Its version rises with its words, so that an entry tells for ever which ones were read out; taken away and set again it goes on counting. */
function nextNote(before: Campaign['consentNote'] | null, text: string | null): Campaign['consentNote'] {
  if (text === (before?.text === '' ? null : (before?.text ?? null))) return before ?? null
  return { version: (before?.version ?? 0) + 1, text: text ?? '' }
}

/** Two lists of areas with their outlines would make a history of megabytes; their numbers say what happened. */
function noteworthy(setting: string, value: unknown): unknown {
  if (setting !== 'areas' || !Array.isArray(value)) return value
  const districts = value.filter((area: unknown) => typeof area === 'object' && area !== null && Reflect.get(area, 'within') !== undefined).length
  return { regions: value.length - districts, districts }
}
