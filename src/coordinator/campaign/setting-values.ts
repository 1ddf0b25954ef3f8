import type { CampaignResponse, CampaignSetting, CampaignSettings } from '#protocol/campaign.ts'

/** What is typed and not saved: only the settings that were touched. */
export type SettingsDraft = { readonly [Setting in CampaignSetting]?: CampaignSettings[Setting] }

/** A setting as the server has it. Of the words of consent only the words: the version is the server's to give. */
export function savedSetting(saved: CampaignResponse, setting: CampaignSetting): unknown {
  const { campaign, defaultSensitivity } = saved
  if (setting === 'defaultSensitivity') return defaultSensitivity
  if (setting === 'secondReading') return saved.secondReading ?? 0
  if (setting === 'consentNote') return campaign.consentNote?.text === '' ? null : (campaign.consentNote?.text ?? null)
  return campaign[setting] ?? null
}

/** What would change: a setting typed back to what it was is none. */
export function changedSettings(saved: CampaignResponse, draft: SettingsDraft): SettingsDraft {
  const entries = Object.entries(draft).filter(([setting, value]) => !isSame(value ?? null, savedSetting(saved, setting as CampaignSetting)))
  return Object.fromEntries(entries)
}

/** What still has to be saved when these have been. */
export function withoutSaved(draft: SettingsDraft, sent: SettingsDraft): SettingsDraft {
  return Object.fromEntries(Object.entries(draft).filter(([setting, value]) => !Object.hasOwn(sent, setting) || !isSame(value ?? null, sent[setting as CampaignSetting] ?? null)))
}

/** A server without a list and a draft with an empty one say the same. */
function isSame(one: unknown, other: unknown): boolean {
  const plain = (value: unknown) => JSON.stringify(Array.isArray(value) && value.length === 0 ? null : value)
  return plain(one) === plain(other)
}

/** The day on which all words are erased follows from both: whoever types one of them has read a day that the other one made. */
const dayOfErasure: readonly CampaignSetting[] = ['endsOn', 'retentionMonths']

interface SettingsClash {
  readonly by: string
  /** What stands in the draft too. */
  readonly settings: readonly CampaignSetting[]
  /** What does not, and moves the day of erasure that stood beside the draft. */
  readonly beside: readonly CampaignSetting[]
}

/** Settings that somebody else has changed since `revision`, and that stand in the draft too or say with it when words are erased. */
export function clashOf(fresh: CampaignResponse, revision: number, draft: SettingsDraft): SettingsClash | null {
  const since = fresh.history.filter((act) => act.revision > revision)
  const isChanged = (setting: CampaignSetting) => since.some(({ changes }) => changes.some((change) => change.setting === setting))
  const settings = (Object.keys(draft) as CampaignSetting[]).filter(isChanged)
  const isDayTyped = dayOfErasure.some((setting) => Object.hasOwn(draft, setting))
  const beside = isDayTyped ? dayOfErasure.filter((setting) => !Object.hasOwn(draft, setting) && isChanged(setting)) : []
  const [act] = since.filter(({ changes }) => changes.some((change) => [...settings, ...beside].some((setting) => setting === change.setting)))
  return act === undefined ? null : { by: act.by, settings, beside }
}
