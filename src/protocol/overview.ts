import * as v from 'valibot'

const area = { country: v.string(), adm1: v.nullable(v.string()) }

/**
 * The answer of `GET /overview`: counts of entries under the filters of the queue, each part without its own dimension, so that
 * what is chosen in one part filters the others and stays comparable in its own.
 */
export const overviewResponseSchema = v.looseObject({
  /** Under all filters. */
  total: v.number(),
  authors: v.number(),
  /** `point`: the middle of what was reported there, `[lon, lat]`, coarse; null where no entry has a point. */
  areas: v.array(v.looseObject({ ...area, challenges: v.number(), actions: v.number(), authors: v.number(), point: v.nullable(v.tuple([v.number(), v.number()])) })),
  /** Challenges by how far approved actions answer them; `unknown` counts as little, `fully` as mostly. */
  cells: v.array(v.looseObject({ ...area, topic: v.string(), none: v.number(), little: v.number(), partly: v.number(), mostly: v.number() })),
  /** By the day that was observed, oldest first. */
  days: v.array(v.looseObject({ day: v.string(), challenges: v.number(), actions: v.number() })),
  /** Entries of either kind by topic and day, without those two filters. */
  topicDays: v.array(v.looseObject({ topic: v.string(), day: v.string(), count: v.number() })),
  /** Actions by who does them, as the entries say it, by topic and area; an empty name where none is given. */
  who: v.array(v.looseObject({ org: v.string(), topic: v.string(), ...area, actions: v.number() })),
  /** What entries call regions whose codes the campaign does not list. */
  names: v.optional(v.record(v.string(), v.string())),
  /** How many groups with the fewest entries did not fit into each of these parts; absent from servers that left the end of the alphabet out unsaid. */
  leftOut: v.optional(v.looseObject({ areas: v.number(), cells: v.number(), who: v.number() })),
  severities: v.array(v.looseObject({ topic: v.string(), severity: v.number(), count: v.number() })),
})
export type OverviewResponse = v.InferOutput<typeof overviewResponseSchema>
