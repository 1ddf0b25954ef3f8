import * as v from 'valibot'
import { areaListSchema } from '#domain/areas.ts'
import { isCalendarDay } from '#domain/calendar-day.ts'
import { sensitivities, topics } from '#domain/codes/code-lists.ts'
import { isCountry } from '#domain/codes/countries.ts'
import { campaignIdSchema, instantSchema } from '#domain/ids.ts'
import { plainText } from '#domain/plain-text.ts'
import { campaignSchema, inviteSecretSchema } from '#protocol/membership.ts'

const words = (max: number) => v.pipe(v.string(), v.maxLength(max), plainText, v.trim(), v.minLength(1))
const day = v.pipe(v.string(), v.isoDate(), v.check(isCalendarDay))
const languageTag = v.pipe(v.string(), v.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/))
const eachOnce = <Item>(items: readonly Item[]) => new Set(items).size === items.length

const countriesSchema = v.pipe(v.array(v.pipe(v.string(), v.check(isCountry))), v.maxLength(60), v.check(eachOnce))
const languagesSchema = v.pipe(v.array(languageTag), v.minLength(1), v.maxLength(60), v.check(eachOnce))
const nameSchema = words(120)
const topicSchema = v.strictObject({ code: v.picklist(topics), names: v.optional(v.record(languageTag, words(60))) })

/** The longest time after a campaign's last day that its words may be kept before they go by themselves. */
export const maxRetentionMonths = 240

/** What a coordinator may set. Nothing else is taken: a setting that this server does not know must not seem to be in force. */
export const campaignSettingsSchema = v.partial(v.strictObject({
  name: nameSchema,
  startsOn: v.nullable(day),
  endsOn: v.nullable(day),
  countries: countriesSchema,
  languages: languagesSchema,
  topics: v.pipe(v.array(topicSchema), v.minLength(1), v.check((list) => eachOnce(list.map(({ code }) => code)))),
  areas: areaListSchema,
  areasSource: v.nullable(words(300)),
  urgentHelp: v.nullable(words(2000)),
  defaultSensitivity: v.picklist(sensitivities),
  secondReading: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)),
  consentNote: v.nullable(words(600)),
  retentionMonths: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxRetentionMonths))),
  keepOriginals: v.boolean(),
}))
export type CampaignSettings = v.InferOutput<typeof campaignSettingsSchema>
export type CampaignSetting = keyof CampaignSettings

/**
 * `POST /campaigns`. Its id and the secret of its first coordinator's invite are made by who asks: so an answer that got lost is asked
 * for again by the same words, and makes nothing a second time.
 */
export const campaignOrderSchema = v.looseObject({ id: campaignIdSchema, invite: inviteSecretSchema, name: nameSchema, countries: countriesSchema, languages: languagesSchema })
export type CampaignOrder = v.InferOutput<typeof campaignOrderSchema>

/** `PATCH /campaigns/{id}`: `revision` is the one that was read; when it is not the newest, nothing is changed. */
export const campaignPatchSchema = v.looseObject({ revision: v.pipe(v.number(), v.safeInteger(), v.minValue(0)), set: campaignSettingsSchema })
export type CampaignPatch = v.InferOutput<typeof campaignPatchSchema>

/** One act at the settings: who, when, and each setting before and after. Of areas only their numbers are kept here. */
export const campaignChangeSchema = v.looseObject({
  revision: v.number(),
  at: instantSchema,
  by: v.string(),
  changes: v.array(v.looseObject({ setting: v.string(), before: v.unknown(), after: v.unknown() })),
})
export type CampaignChange = v.InferOutput<typeof campaignChangeSchema>

/** What stands in a history for a list of areas. */
export const areaCountsSchema = v.looseObject({ regions: v.number(), districts: v.number() })

export const campaignResponseSchema = v.looseObject({
  campaign: campaignSchema,
  defaultSensitivity: v.picklist(sensitivities),
  /** Of a hundred decided entries so many are read by a second person; absent from older servers: none. */
  secondReading: v.optional(v.number()),
  /** Newest first, the last hundred. */
  history: v.array(campaignChangeSchema),
})
export type CampaignResponse = v.InferOutput<typeof campaignResponseSchema>
