import { describe, expect, it } from 'vitest'
import { countries } from '#domain/codes/countries.ts'
import { countryOfName } from '#exchange/country-names.ts'
import { createFormat } from '#i18n/format.ts'
import { locales } from '#i18n/locale.ts'

describe('countries as data files write them', () => {
  it('[EX12] every country is found by its code and by the name that Terrain shows in English', () => {
    const { country } = createFormat('en')
    expect(countries.filter((code) => countryOfName(code) !== code || countryOfName(country(code)) !== code)).toEqual([])
  })

  it('[EX12] short, former and accented names, articles, ampersands and St. are the same country', () => {
    const names = ['DRC', 'Ivory Coast', 'Côte d\'Ivoire', ' THE  GAMBIA', 'Bosnia & Herzegovina', 'St. Lucia', 'Syria', 'syrian arab republic', 'South sudan', 'Lao PDR', 'UK']
    expect(names.map(countryOfName)).toEqual(['COD', 'CIV', 'CIV', 'GMB', 'BIH', 'LCA', 'SYR', 'SYR', 'SSD', 'LAO', 'GBR'])
  })

  it('[EX772] every country is found by the name that Terrain shows in each of its languages, and by what lists there write', () => {
    const shown = locales.flatMap((locale) => countries.map((code) => [code, createFormat(locale).country(code)] as const))
    // Spanish shows “Congo” for one of two.
    expect(shown.filter(([code, name]) => countryOfName(name) !== code).map(([, name]) => name)).toEqual(['Congo'])
    const names = ['Liban', 'ÉTHIOPIE', 'Tchad', 'RDC', 'Centrafrique', 'Guinée', 'Etiopía', 'Líbano', 'Palestina', 'Ливан', 'ДР Конго', 'لبنان', 'فلسطين', '黎巴嫩', 'LB', 'TD']
    expect(names.map(countryOfName)).toEqual(['LBN', 'ETH', 'TCD', 'COD', 'CAF', 'GIN', 'ETH', 'LBN', 'PSE', 'LBN', 'COD', 'LBN', 'PSE', 'LBN', 'LBN', 'TCD'])
    expect(['Congo', 'Конго', 'NO', 'NA', 'lb', 'QQ', 'non', 'нет'].map(countryOfName)).toEqual([null, null, null, null, null, null, null, null])
  })

  it('[EX12] what is no single country is none', () => {
    expect(['Thailand-Myanmar', 'Atlantis', '', '#N/A', 'Africa', 'QQQ', 'constructor'].map(countryOfName)).toEqual([null, null, null, null, null, null, null])
  })
})
