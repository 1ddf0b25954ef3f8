import type { DeviceDatabase } from '#device/store/database.ts'
import { readMeta, writeMeta } from '#device/store/meta.ts'

type Said = Readonly<Record<string, unknown>>

/**
 * Places, organisation and topics of own entries are offered again in the next one. Those that no own entry names any more, since the one that did was
 * erased, go with it: a list of places tells as much as an entry does. Behind the fold, inside the caller's transaction.
 */
export async function forgetUsed(db: DeviceDatabase): Promise<void> {
  const used = await readMeta(db, 'preferences')
  if (used === undefined) return
  const { lastPlace = null, recentPlaces = [], lastOrg = null, recentTopics = [] } = used
  if (lastPlace === null && recentPlaces.length + recentTopics.length === 0 && lastOrg === null) return
  const left: readonly Said[] = (await db.entries.filter(({ mine }) => mine).toArray()).map(({ state }) => ({ ...state.content }))
  const [places, organisations, topics] = [new Set(left.map(placeOf)), new Set(left.map(({ orgName }) => orgName)), new Set(left.map(({ topic }) => topic))]
  const isLeft = (place: object): boolean => places.has(placeOf({ ...place }))
  await writeMeta(db, 'preferences', {
    ...used,
    lastPlace: lastPlace === null || isLeft(lastPlace) ? lastPlace : { country: lastPlace.country },
    recentPlaces: recentPlaces.filter(isLeft),
    lastOrg: lastOrg !== null && organisations.has(lastOrg.orgName) ? lastOrg : null,
    recentTopics: recentTopics.filter((topic) => topics.has(topic)),
  })
}

function placeOf({ country, adm1Name, adm1Code, placeName }: Said): string {
  return JSON.stringify([country, adm1Code ?? adm1Name, placeName])
}
