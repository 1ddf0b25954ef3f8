/** Which acts are about which entry, for whoever asks the log for one. A projection of `acts`: it is written anew with the others, so nothing is taken over here. */
export const actEntriesMigration = {
  name: '0030-act-entries',
  statements: [
    `create table act_entries (
      campaign_id text not null references campaigns, entry_id text not null, seq bigint not null, number bigint not null, primary key (campaign_id, entry_id, seq, number)
    )`,
  ],
} as const
