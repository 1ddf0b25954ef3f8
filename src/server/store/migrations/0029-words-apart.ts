/**
 * In PostgreSQL the words stand in a narrow table of their own, as in SQLite since `0011-desk`, written by triggers, so that it cannot
 * differ from `entries`, whoever writes there.
 *
 * They were indexed by an expression over `entries`. The planner knew from its statistics which words are common, and not what it costs to
 * cut the words of every row anew: it sought a common word by reading everything. Without statistics it always takes the index. And what is
 * written waits in a list before such an index, which each search reads: as it comes, four megabytes, the words of ten thousand entries.
 *
 * Of other words (and of the hashes of photos) PostgreSQL keeps samples beside the tables too, where those of somebody who was erased could stand for months. Nothing is
 * planned by them, so none are kept; those that are there go when the type of their column is named once more, which writes no row.
 */
const sampled: Readonly<Record<string, readonly string[]>> = {
  changes: ['text'], alarms: ['text'], entries: ['search', 'row', 'org', 'adm1'], acts: ['words', 'detail'], members: ['name', 'organisation'], devices: ['label'], invites: ['note'], saved_views: ['name', 'search'], settlements: ['reason'],
  files: ['sha256', 'shown_sha256'], entry_files: ['sha256'], report_parts: ['body'], report_issues: ['document', 'written'], report_corrections: ['sentence', 'words'],
}
const withoutSamples = Object.entries(sampled).map(([table, columns]) => `alter table ${table} ${columns.map((column) => `alter column ${column} type text collate "C", alter column ${column} set statistics 0`).join(', ')}`)
const words = (row: string) => `array_to_tsvector(string_to_array(${row}search, ' '))`

export const wordsApartMigration = {
  name: '0029-words-apart',
  statements: [],
  only: {
    sqlite: [],
    postgres: [
      ...withoutSamples,
      `create table entry_words (campaign_id text collate "C" not null, entry_id text collate "C" not null, seq bigint not null, words tsvector not null, primary key (campaign_id, entry_id))`,
      `alter table entry_words alter column words set statistics 0`,
      `insert into entry_words (campaign_id, entry_id, seq, words) select campaign_id, id, seq, ${words('')} from entries`,
      `create index entry_words_by_word on entry_words using gin (words) with (gin_pending_list_limit = 256)`,
      `create function keep_entry_words() returns trigger language plpgsql as $$ begin
        if tg_op <> 'INSERT' then delete from entry_words where campaign_id = old.campaign_id and entry_id = old.id; end if;
        if tg_op <> 'DELETE' then insert into entry_words (campaign_id, entry_id, seq, words) values (new.campaign_id, new.id, new.seq, ${words('new.')}); end if;
        return null;
      end $$`,
      `create trigger entry_words_written after insert or delete on entries for each row execute function keep_entry_words()`,
      `create trigger entry_words_changed after update on entries for each row when (old.search <> new.search or old.seq <> new.seq) execute function keep_entry_words()`,
      `drop index entries_by_words`,
      `analyze entry_words`,
    ],
  },
} as const
