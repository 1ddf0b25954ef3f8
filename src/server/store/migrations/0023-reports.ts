/**
 * What coordinators write together, and what they have published. An issue stays as it was published: `document` is what anybody may have,
 * `digest` its fingerprint, `redacted` that words of an erased entry are gone from it, `written` what it was composed from. Which entries it counts stands apart, so that each author finds theirs.
 */
export const reportsMigration = {
  name: '0023-reports',
  statements: [
    `create table report_drafts (
      campaign_id text not null references campaigns primary key, period_from text not null, period_to text not null, next_on text, version bigint not null, member_id text not null, at text not null
    )`,
    `create table report_parts (
      campaign_id text not null references campaigns, id text not null, place double precision not null, body text not null, version bigint not null, member_id text not null, at text not null,
      primary key (campaign_id, id)
    )`,
    `create table report_issues (
      campaign_id text not null references campaigns, number bigint not null, slug text not null, period_from text not null, period_to text not null, published_at text not null, member_id text not null,
      document text not null, digest text not null, written text not null, redacted bigint not null default 0,
      primary key (campaign_id, number)
    )`,
    `create unique index report_issues_by_slug on report_issues (slug)`,
    `create table report_issue_entries (
      campaign_id text not null, number bigint not null, entry_id text not null, revision text not null, content_hash text not null, ref text not null, named bigint not null,
      primary key (campaign_id, number, entry_id)
    )`,
    `create index report_issue_entries_by_entry on report_issue_entries (campaign_id, entry_id)`,
    `create table report_corrections (
      campaign_id text not null, number bigint not null, id text not null, at text not null, member_id text not null, sentence text, words text not null, lang text not null,
      primary key (campaign_id, number, id)
    )`,
  ],
} as const
