/**
 * What the desk filters, counts, sorts and searches by. The values come from the fold: `renewProjection` fills them in at the
 * first start, since SQL cannot fold.
 *
 * Words are indexed by each database in its own way over the same column `search`. In SQLite the index holds no copy of the words;
 * what is taken out leaves it at once (`secure-delete`) instead of standing there until pages are merged. Documents are numbered
 * by campaign and seq; `word_spaces` gives each campaign its number.
 */
const document = (row: 'new' | 'old') => `(select space from word_spaces where campaign_id = ${row}.campaign_id) * 4294967296 + ${row}.seq`
const insertWords = `insert into entry_words (rowid, words) values (${document('new')}, new.search);`
const deleteWords = `insert into entry_words (entry_words, rowid, words) values ('delete', ${document('old')}, old.search);`

export const deskMigration = {
  name: '0011-desk',
  statements: [
    ...['device_id', 'lang', 'source', 'sensitivity', 'conflict', 'question', 'warnings'].map((column) => `alter table entries add column ${column} text not null default ''`),
    `alter table entries add column photos smallint not null default 0`,
    `alter table entries add column since_seq bigint not null default 0`,
    `alter table entries add column touched_seq bigint not null default 0`,
    // Words of before are not cut as they are from now on.
    `update entries set search = ''`,
    `create index entries_by_touch on entries (campaign_id, touched_seq)`,
    `create table saved_views (
      campaign_id text not null, id text not null, member_id text not null, name text not null, search text not null, saved_at text not null,
      primary key (campaign_id, id), foreign key (campaign_id, member_id) references members (campaign_id, id))`,
    `create index saved_views_by_member on saved_views (campaign_id, member_id, saved_at)`,
    // Lists are sorted in memory; the index of `0001` cost each write and is read by nobody.
    `drop index entries_by_severity`,
  ],
  only: {
    sqlite: [
      `create table word_spaces (space integer primary key, campaign_id text not null unique)`,
      `create virtual table entry_words using fts5 (words, content = '', detail = none, tokenize = 'ascii')`,
      `insert into entry_words (entry_words, rank) values ('secure-delete', 1)`,
      `create trigger entry_words_added after insert on entries begin
        insert into word_spaces (campaign_id) select new.campaign_id where not exists (select 1 from word_spaces where campaign_id = new.campaign_id);
        ${insertWords}
      end`,
      `create trigger entry_words_changed after update on entries when old.search <> new.search or old.seq <> new.seq begin
        ${deleteWords}
        ${insertWords}
      end`,
      `create trigger entry_words_removed after delete on entries begin
        ${deleteWords}
      end`,
      // What stood there before has a document without words, which a later word then replaces.
      `insert into word_spaces (campaign_id) select distinct campaign_id from entries`,
      `insert into entry_words (rowid, words) select space * 4294967296 + seq, '' from entries join word_spaces using (campaign_id)`,
    ],
    postgres: [`create index entries_by_words on entries using gin (array_to_tsvector(string_to_array(search, ' ')))`],
  },
} as const
