import { createContext, useContext } from 'react'
import { areaName, areasOf } from '#domain/areas.ts'
import { ownValue } from '#domain/own-value.ts'
import type { Outline } from '#domain/areas.ts'
import type { AreaColumn } from '#coordinator/overview/counting.ts'
import type { OverviewAddress } from '#coordinator/overview/overview-address.ts'
import type { Desk } from '#coordinator/desk-context.tsx'

/** What each part of the overview stands on: what is chosen, how to choose, and what areas are called. */
export interface OverviewGround {
  readonly address: OverviewAddress
  readonly choose: (address: OverviewAddress) => void
  readonly known: readonly AreaColumn[]
  readonly areaName: (area: Pick<AreaColumn, 'country' | 'adm1'>) => string
}

export const OverviewContext = createContext<OverviewGround | null>(null)

export function useOverview(): OverviewGround {
  const ground = useContext(OverviewContext)
  if (ground === null) throw new Error('a part of the overview was drawn outside of its page')
  return ground
}

/** The regions of the campaign's own list; where it has none, nobody can say from where nothing comes. */
export function knownAreas(campaign: Desk['membership']['campaign']): readonly AreaColumn[] {
  return areasOf(campaign).filter(({ within }) => within === undefined).map(({ code, country }) => ({ id: `${country}/${code}`, country, adm1: code }))
}

/** Outlines by the id of the area, as far as the campaign has brought them. */
export function areaOutlines(campaign: Desk['membership']['campaign']): ReadonlyMap<string, Outline> {
  return new Map(areasOf(campaign).flatMap(({ code, country, outline }) => (outline === undefined ? [] : [[`${country}/${code}`, outline] as const])))
}

/** `called`: what entries call regions that the campaign does not list. */
export function areaNames({ membership, words }: Pick<Desk, 'membership' | 'words'>, called: Readonly<Record<string, string>>): OverviewGround['areaName'] {
  const names = new Map(areasOf(membership.campaign).map((area) => [area.code, areaName(area, words.locale)]))
  const isOneCountry = membership.campaign.countries.length < 2
  return ({ country, adm1 }) => {
    if (adm1 === null) return words.say('overview.noRegion', { country: words.country(country) })
    const name = names.get(adm1) ?? ownValue(called, adm1) ?? adm1
    return isOneCountry ? name : words.list([name, words.country(country)])
  }
}
