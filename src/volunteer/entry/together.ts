import { areasAt, belongsTo, regionsOf } from '#domain/areas.ts'
import type { Area } from '#domain/areas.ts'
import type { FieldName } from '#domain/entry.ts'
import { nameKey } from '#domain/name-key.ts'
import { ownValue } from '#domain/own-value.ts'
import { isAskedAlone } from '#volunteer/fields/field-controls.ts'
import { hasEnded } from '#volunteer/fields/has-ended.ts'
import { textOf } from '#volunteer/fields/values.ts'

/**
 * What of a saved entry is changed together: a number with what it counts, a region with its code and the point in it, a status with
 * what goes with it. A change of one of them is one revision of them all, so that an entry never says two things at once.
 */
type Fields = Readonly<Record<string, unknown>>

export interface Changing {
  /** Those that one form is about. */
  readonly fields: readonly FieldName[]
  /** What is saved. */
  readonly before: Fields
  /** What was begun on the entry, of other fields too. */
  readonly begun: Fields
  readonly areas: readonly Area[]
}

const area = ['adm1Name', 'adm1Code', 'adm2Code'] as const
const point = ['lat', 'lon', 'geoPrecisionM'] as const
const aroundPoint: readonly FieldName[] = [...area, 'placeName', ...point]
export const statusFields: readonly FieldName[] = ['status', 'startOn', 'endOn', 'reached']

const together: Readonly<Record<string, readonly FieldName[]>> = {
  affectedMin: ['affectedMin', 'affectedUnit'],
  affectedMax: ['affectedMax', 'affectedUnit'],
  reached: ['reached', 'reachedUnit'],
  country: ['country', ...area, ...point],
  adm1Name: [...area, ...point],
  adm1Code: [...area, ...point],
  adm2Code: [...area, ...point],
  lat: aroundPoint,
  lon: aroundPoint,
  geoPrecisionM: aroundPoint,
  status: statusFields,
  startOn: ['startOn', 'endOn'],
  // What has not ended has no end to name: whoever is asked for it says how it stands.
  endOn: statusFields,
}

/** With which others a question on this field is answered. What is only planned has reached nobody: there it is a question of how it stands. */
export function fieldsOfAnswer(content: Fields, field: string): readonly FieldName[] {
  if (field === 'reached' && content['status'] === 'planned') return statusFields
  return ownValue(together, field) ?? [field as FieldName]
}

/** What the revision says: what was begun, and all that goes with it. */
export function patchOf(changing: Changing): Fields {
  const { fields, begun } = changing
  const said = Object.fromEntries(fields.filter((field) => Object.hasOwn(begun, field)).map((field) => [field, begun[field]]))
  return withPoint(changing, withArea(changing, withStatus(changing, said)))
}

/** The fields of the form that have a control now. */
export function drawnFields({ fields, before, begun }: Changing, now: Fields): readonly FieldName[] {
  return fields.filter((field) => {
    switch (field) {
      case 'endOn':
        if (fields.includes('status')) return hasEnded(now['status']) || (now['status'] === before['status'] && before['endOn'] !== undefined)
        return before['endOn'] !== undefined
      case 'reached':
        return !fields.includes('status') || (now['status'] !== 'planned' && (before['reached'] === undefined || Object.hasOwn(begun, 'reached')))
      case 'lat':
        return before['lat'] !== undefined && (fields.includes('placeName') || now['lat'] === undefined || Object.hasOwn(begun, 'lat'))
      default:
        return isAskedAlone(field)
    }
  })
}

/** Nobody has been reached by what is only planned, and what has not ended has no end. Both come back with the status. */
function withStatus({ fields, before }: Changing, said: Fields): Fields {
  if (!fields.includes('status')) return said
  const status = Object.hasOwn(said, 'status') ? said['status'] : before['status']
  const isStillOpen = !hasEnded(status) && (status !== before['status'] || before['endOn'] === undefined)
  const gone = [...(status === 'planned' ? ['reached'] : []), ...(isStillOpen ? ['endOn'] : [])]
  return { ...without(said, gone), ...takenAway(before, gone) }
}

/** A code belongs to its name and its country: where one of them becomes another, and none was chosen with it, it goes. */
function withArea({ fields, before, areas }: Changing, said: Fields): Fields {
  if (!fields.includes('adm1Name')) return said
  const now = { ...before, ...said }
  const isChosen = Object.hasOwn(said, 'adm1Code')
  if (!isChosen && before['adm1Code'] !== undefined && isOther(before, now, 'country')) return { ...takenAway(before, area), ...without(said, ['adm2Code']) }
  // A country without a list offers no other region; the name stays, and no longer counts for the country of the code.
  const isStray = typeof now['adm1Code'] === 'string' && !belongsTo(now['adm1Code'], textOf(now['country'])) && regionsOf(areas, now['country']).length === 0
  const isRenamed = !isChosen && isOther(before, now, 'adm1Name')
  return isStray || isRenamed ? { ...without(said, ['adm1Code', 'adm2Code']), ...takenAway(before, ['adm1Code', 'adm2Code']) } : said
}

/** A point in the region of before would put the entry there. It stays where the campaign's outlines have it in the new one, and where its author keeps it. */
function withPoint({ fields, before, areas }: Changing, said: Fields): Fields {
  if (!fields.includes('adm1Name') || Object.hasOwn(said, 'lat') || before['lat'] === undefined) return said
  const now = { ...before, ...said }
  return isElsewhere(before, now) && !isPointWithin(areas, now) ? { ...said, ...takenAway(before, point) } : said
}

function isElsewhere(before: Fields, now: Fields): boolean {
  if (isOther(before, now, 'country')) return true
  const hadRegion = (before['adm1Code'] ?? before['adm1Name']) !== undefined
  const isOtherRegion = typeof before['adm1Code'] === 'string' && typeof now['adm1Code'] === 'string' ? isOther(before, now, 'adm1Code') : nameKey(textOf(before['adm1Name'])) !== nameKey(textOf(now['adm1Name']))
  return (hadRegion && isOtherRegion) || (before['adm2Code'] !== undefined && now['adm2Code'] !== undefined && isOther(before, now, 'adm2Code'))
}

function isPointWithin(areas: readonly Area[], { lat, lon, country, adm1Code, adm1Name, adm2Code }: Fields): boolean {
  if (typeof lat !== 'number' || typeof lon !== 'number') return false
  const found = areasAt(areas, { lat, lon })
  const wanted = [adm2Code, adm1Code].find((code) => areas.some((one) => one.code === code && one.outline !== undefined))
  if (wanted !== undefined) return found.some(({ code }) => code === wanted)
  return (adm1Code ?? adm1Name) === undefined && found.some((one) => one.country === country)
}

function isOther(before: Fields, now: Fields, field: string): boolean {
  return before[field] !== now[field]
}

function takenAway(before: Fields, fields: readonly string[]): Fields {
  return Object.fromEntries(fields.filter((field) => before[field] !== undefined).map((field) => [field, undefined]))
}

function without(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([field]) => !names.includes(field)))
}
