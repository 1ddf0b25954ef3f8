import type { CampaignSetting } from '#protocol/campaign.ts'
import type { DeskWords } from '#coordinator/desk-words.ts'
import { useDesk } from '#coordinator/desk-context.tsx'

export interface SettingWords {
  readonly name: (setting: string) => string
  readonly value: (setting: string, value: unknown) => string
}

/** A setting and its value in words, for the history and where two have changed the same. */
export function useSettingWords(): SettingWords {
  const { words } = useDesk()
  return {
    name: (setting) => (isKnown(setting) ? words.say(`campaign.setting.${setting}`) : setting),
    value: (setting, value) => settingText(words, setting, value),
  }
}

const known: readonly CampaignSetting[] = ['name', 'startsOn', 'endsOn', 'countries', 'languages', 'topics', 'areas', 'areasSource', 'urgentHelp', 'defaultSensitivity', 'secondReading', 'consentNote', 'retentionMonths', 'keepOriginals']

function isKnown(setting: string): setting is CampaignSetting {
  return known.some((one) => one === setting)
}

const longest = 160

function settingText(words: DeskWords, setting: string, value: unknown): string {
  const { say } = words
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return say('campaign.historyNothing')
  if (setting === 'keepOriginals') return say(value === true ? 'campaign.originals.keep' : 'campaign.originals.drop')
  if (setting === 'areas') return say('campaign.areasCount', countsOf(value))
  if (Array.isArray(value)) return words.list(value.map((item: unknown) => itemText(words, setting, item)))
  if (typeof value === 'number') return words.number(value)
  const kept: unknown = typeof value === 'object' ? Reflect.get(value, 'text') : value
  const text = typeof kept === 'string' ? kept : JSON.stringify(value)
  if (setting === 'defaultSensitivity') return words.code('sensitivity', text)
  if (setting === 'startsOn' || setting === 'endsOn') return words.time.day(text)
  return shortened(text) || say('campaign.historyNothing')
}

function itemText(words: DeskWords, setting: string, item: unknown): string {
  if (setting === 'countries') return words.country(String(item))
  if (setting === 'languages') return words.language(String(item))
  const code: unknown = typeof item === 'object' && item !== null ? Reflect.get(item, 'code') : item
  return words.code('topic', String(code))
}

/** The history holds numbers of areas, a list holds the areas. */
export function countsOf(value: unknown): { readonly regions: number; readonly districts: number } {
  if (Array.isArray(value)) {
    const districts = value.filter((area: unknown) => typeof area === 'object' && area !== null && Reflect.get(area, 'within') !== undefined).length
    return { regions: value.length - districts, districts }
  }
  const count = (name: string): number => (typeof value === 'object' && value !== null ? Number(Reflect.get(value, name)) : 0)
  return { regions: count('regions'), districts: count('districts') }
}

function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

