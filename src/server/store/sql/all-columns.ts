import type { ChangeRow, CounterRow, LinkRow } from '#server/store/sql/schema.ts'

/**
 * What is asked often names its columns: a query for all of them cannot be remembered by a database (`kept-query.ts`), which refuses it once there is one
 * more. The compiler knows when one is missing.
 */
const every = <Row>(columns: Readonly<Record<keyof Row & string, 1>>) => Object.keys(columns) as (keyof Row & string)[]

export const changeColumns = every<ChangeRow>({
  campaign_id: 1, seq: 1, key: 1, id: 1, entry_id: 1, device_id: 1, device_seq: 1, member_id: 1, carried_by: 1, author_id: 1, received_at: 1, type: 1, change_hash: 1,
  proven: 1, text: 1, ref: 1, quarantined: 1, released: 1, erased_at: 1, publishes: 1,
})
export const linkColumns = every<LinkRow>({ campaign_id: 1, device_id: 1, device_seq: 1, change_hash: 1, prev_hash: 1, hash: 1 })
export const counterColumns = every<CounterRow>({ campaign_id: 1, seq: 1, challenge_ref: 1, action_ref: 1, safe_seq: 1, assigned: 1 })
