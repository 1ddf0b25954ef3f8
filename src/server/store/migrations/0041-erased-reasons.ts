/** A change whose words are gone, that the subject of `table` names. */
const ofErased = (table: string): string => `exists (select 1 from changes where changes.campaign_id = ${table}.campaign_id and changes.key = substr(${table}.subject, 8)
  and changes.quarantined is not null and changes.erased_at is not null) and ${table}.subject like 'change:%'`

/** An alarm about a phone of somebody who was erased. */
const ofErasedPhone = (table: string): string => `exists (select 1 from devices join acts as gone on gone.campaign_id = devices.campaign_id and gone.act = 'member.erased' and gone.subject = devices.member_id
  where devices.campaign_id = ${table}.campaign_id and ${table}.subject like 'alarm:%:' || devices.id || ':%')`

const wordless = (isOf: (table: string) => string): readonly string[] => [
  `update settlements set reason = '' where reason <> '' and ${isOf('settlements')}`,
  `update acts set words = null where act in ('aside.settle', 'aside.reopen') and words is not null and ${isOf('acts')}`,
]

/** With what was erased before `eraseReasons` (SE431) go the reasons that were given beside it, as they go now. */
export const erasedReasonsMigration = {
  name: '0041-erased-reasons',
  statements: [
    `update changes set text = '', erased_at = received_at where type = 'erase' and quarantined is not null and released = 0 and erased_at is null
      and exists (select 1 from changes as counts where counts.campaign_id = changes.campaign_id and counts.entry_id = changes.entry_id and counts.type = 'erase' and (counts.quarantined is null or counts.released = 1))`,
    ...wordless(ofErased),
    ...wordless(ofErasedPhone),
    `update acts set words = null where act in ('member.setAside', 'member.released') and words is not null
      and exists (select 1 from acts as gone where gone.campaign_id = acts.campaign_id and gone.act = 'member.erased' and gone.subject = acts.subject)`,
  ],
} as const
