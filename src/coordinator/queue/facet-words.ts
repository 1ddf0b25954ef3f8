import { areaName, areasOf } from '#domain/areas.ts'
import { countryWithoutRegion } from '#domain/listed-regions.ts'
import { ownValue } from '#domain/own-value.ts'
import type { Locale } from '#i18n/locale.ts'
import type { FacetName } from '#protocol/desk.ts'
import type { DeskKey, DeskWords } from '#coordinator/desk-words.ts'

/** What codes are called that only this campaign knows. */
export interface CampaignNames {
  readonly author: Readonly<Record<string, string>>
  readonly assignee: Readonly<Record<string, string>>
  readonly device: Readonly<Record<string, string>>
  readonly areas: Readonly<Record<string, string>>
}

export const noNames: CampaignNames = { author: {}, assignee: {}, device: {}, areas: {} }

export function areaNames(campaign: object, locale: Locale): CampaignNames['areas'] {
  return Object.fromEntries(areasOf(campaign).map((area) => [area.code, areaName(area, locale)] as const))
}

const ownWords: Readonly<Record<string, DeskKey>> = {
  'photo yes': 'facetCode.photo.yes', 'photo no': 'facetCode.photo.no', 'conflict fields': 'facetCode.conflict.fields', 'conflict verdicts': 'facetCode.conflict.verdicts',
  'assignee me': 'facetCode.assignee.me', 'assignee nobody': 'facetCode.assignee.nobody',
  'second me': 'facetCode.second.me', 'second wanted': 'facetCode.second.wanted', 'second agreed': 'facetCode.second.agreed', 'second differed': 'facetCode.second.differed',
  'question answered': 'facetCode.question.answered', 'question open': 'facetCode.question.open',
  'warning personal-email': 'facetCode.warning.email', 'warning personal-phone': 'facetCode.warning.phone', 'warning personal-handle': 'facetCode.warning.handle',
  'warning personal-honorific': 'facetCode.warning.honorific', 'warning personal-twoNames': 'facetCode.warning.twoNames', 'warning personal-houseNumber': 'facetCode.warning.houseNumber',
}

/** The words for one code of a filter, also where it stands among the filters in force; what this version does not know is shown as it is. */
export function facetText(name: FacetName, code: string, { words, names }: { readonly words: DeskWords; readonly names: CampaignNames }): string {
  const own = ownWords[`${name} ${code}`]
  if (own !== undefined) return words.say(own)
  switch (name) {
    case 'country':
      return words.country(code)
    case 'adm1': {
      const country = countryWithoutRegion(code)
      return country === null ? (ownValue(names.areas, code) ?? code) : words.say('overview.noRegion', { country: words.country(country) })
    }
    case 'state':
      return words.state(code)
    case 'kind':
      return words.kind(code)
    case 'lang':
      return words.language(code)
    case 'source':
      return words.code('sourceType', code)
    case 'author':
    case 'assignee':
    case 'device':
      return ownValue(names[name], code) ?? words.say('facetCode.unknown', { code: code.slice(0, 8) })
    case 'severity':
      return words.dots([code, words.code('severity', code)])
    default:
      return words.code(name, code)
  }
}
