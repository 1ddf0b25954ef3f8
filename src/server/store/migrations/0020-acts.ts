/**
 * Acts on the campaign and its people, each at its place in the log: `seq` is the last change before it, `number` its order behind
 * that one. What was kept before in other tables is taken over, as far as it said who and when. The indexes on `changes` are for
 * whoever looks for the acts of one person, of one type, of some days, or of one entry by its name.
 */
const past = [
  `select campaign_id, at, 'campaign.changed' as act, member_id, cast(null as text) as device_id, cast(null as text) as subject, cast(null as text) as words,
    '{"changes":' || changes || '}' as detail from campaign_changes`,
  `select campaign_id, created_at, 'invite.made', created_by, null, id, note, '{"role":"' || role || '"}' from invites where for_device is null`,
  `select campaign_id, joined_at, 'member.joined', id, null, id, null, '{"role":"' || role || '"}' from members
    where not exists (select 1 from campaigns where campaigns.server_member_id = members.id)`,
  `select campaign_id, ended_at, 'member.ended', null, null, id, null, '{}' from members where ended_at is not null`,
  `select campaign_id, created_at, 'device.added', member_id, id, id, null, '{}' from devices where rotated_from is not null`,
  `select campaign_id, revoked_at, 'device.lost', null, null, id, null, '{}' from devices where revoked_at is not null`,
  `select campaign_id, at, 'aside.' || act, member_id, null, subject, reason, '{}' from settlements`,
]

export const actsMigration = {
  name: '0020-acts',
  statements: [
    `create table acts (
      campaign_id text not null references campaigns, seq bigint not null, number bigint not null, at text not null, act text not null,
      member_id text, device_id text, subject text, words text, detail text not null, primary key (campaign_id, seq, number)
    )`,
    `create index acts_by_member on acts (campaign_id, member_id, seq, number)`,
    `create index acts_by_act on acts (campaign_id, act, seq, number)`,
    `create index changes_by_member on changes (campaign_id, member_id, seq)`,
    `create index changes_by_type on changes (campaign_id, type, seq)`,
    `create index changes_by_time on changes (campaign_id, received_at, seq)`,
    `create index changes_by_ref on changes (campaign_id, ref) where ref is not null`,
    `insert into acts (campaign_id, seq, number, at, act, member_id, device_id, subject, words, detail)
      select campaign_id,
        coalesce((select changes.seq from changes where changes.campaign_id = past.campaign_id and changes.received_at <= past.at order by changes.received_at desc, changes.seq desc limit 1), 0),
        row_number() over (partition by campaign_id order by at, act, subject), at, act, member_id, device_id, subject, words, detail
      from (${past.join(' union all ')}) as past`,
  ],
} as const
