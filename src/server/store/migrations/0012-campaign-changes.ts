/** Who changed which settings of a campaign when, one row for each act; `changes` is JSON. The settings themselves stay in `campaigns`. */
export const campaignChangesMigration = {
  name: '0012-campaign-changes',
  statements: [
    `create table campaign_changes (
      campaign_id text not null references campaigns, revision bigint not null, at text not null, member_id text not null, changes text not null,
      primary key (campaign_id, revision)
    )`,
  ],
} as const
