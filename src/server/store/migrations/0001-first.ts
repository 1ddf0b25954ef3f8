/** The first schema. A released migration is never edited: a change of schema is the next file. */
export const firstMigration = {
  name: '0001-first',
  statements: [
    `create table meta (key text not null primary key, value text not null)`,
    `create table campaigns (
      campaign_id text not null primary key, settings text not null, server_device_id text not null, server_member_id text not null,
      private_key text not null, default_sensitivity text not null, created_at text not null)`,
    `create table counters (
      campaign_id text not null primary key references campaigns, seq bigint not null, challenge_ref bigint not null, action_ref bigint not null)`,
    `create table members (
      campaign_id text not null references campaigns, id text not null, role text not null, name text not null, organisation text,
      language text not null, joined_at text not null, ended_at text, primary key (campaign_id, id))`,
    `create table devices (
      campaign_id text not null, id text not null unique, member_id text not null, public_key text not null, label text not null, invite_id text,
      created_at text not null, revoked_at text, last_contact_at text, app_version text, manifest text,
      primary key (campaign_id, id), foreign key (campaign_id, member_id) references members (campaign_id, id))`,
    `create table invites (
      campaign_id text not null references campaigns, id text not null, secret_hash text not null unique, role text not null, uses_left bigint not null,
      note text, created_at text not null, expires_at text not null, created_by text, primary key (campaign_id, id))`,
    `create table sessions (
      token_hash text not null primary key, campaign_id text not null, member_id text not null, device_id text not null, expires_at text not null,
      foreign key (campaign_id, device_id) references devices (campaign_id, id))`,
    `create table changes (
      campaign_id text not null references campaigns, seq bigint not null, key text not null, id text, entry_id text, device_id text not null,
      device_seq bigint, member_id text not null, carried_by text not null, author_id text not null, received_at text not null, type text,
      change_hash text not null, proven smallint not null, text text not null, ref text, quarantined text, released smallint not null,
      erased_at text, publishes text, primary key (campaign_id, seq), unique (campaign_id, key))`,
    `create index changes_by_id on changes (campaign_id, id)`,
    `create index changes_by_entry on changes (campaign_id, entry_id, seq)`,
    `create index changes_by_author on changes (campaign_id, author_id, seq)`,
    `create index changes_publishing on changes (campaign_id, seq) where publishes is not null`,
    `create index changes_quarantined on changes (campaign_id, seq) where quarantined is not null`,
    `create table links (
      campaign_id text not null references campaigns, device_id text not null, device_seq bigint not null, change_hash text not null,
      prev_hash text, hash text not null, primary key (campaign_id, device_id, device_seq))`,
    `create table seals (
      campaign_id text not null references campaigns, device_id text not null, device_seq bigint not null, first_device_seq bigint not null,
      prev_hash text, hash text not null, sig text not null, primary key (campaign_id, device_id, device_seq, first_device_seq))`,
    `create table alarms (
      campaign_id text not null references campaigns, kind text not null, device_id text not null, change_hash text not null,
      received_at text not null, text text not null, primary key (campaign_id, kind, device_id, change_hash))`,
    `create table entries (
      campaign_id text not null references campaigns, id text not null, seq bigint not null, ref text not null, author_id text not null, kind text not null,
      state text not null, topic text not null, country text not null, adm1 text, severity smallint not null, observed_on text not null,
      search text not null, row text not null, public_key text, primary key (campaign_id, id), unique (campaign_id, ref))`,
    `create index entries_by_seq on entries (campaign_id, seq)`,
    `create index entries_by_state on entries (campaign_id, state, seq)`,
    `create index entries_by_severity on entries (campaign_id, severity desc, seq)`,
    `create index entries_by_author on entries (campaign_id, author_id)`,
    `create table entry_files (campaign_id text not null references campaigns, sha256 text not null, entry_id text not null, primary key (campaign_id, sha256, entry_id))`,
    `create index entry_files_by_entry on entry_files (campaign_id, entry_id)`,
    `create table files (
      campaign_id text not null references campaigns, sha256 text not null, entry_id text not null, type text not null, bytes bigint not null,
      uploaded_by text not null, stored_at text not null, shown_sha256 text, primary key (campaign_id, sha256))`,
    `create index files_by_entry on files (campaign_id, entry_id)`,
  ],
} as const
