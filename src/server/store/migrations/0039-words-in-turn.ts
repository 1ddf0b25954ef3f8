/**
 * New entries wait for the index of words until sixty-four places of the log have passed, and are taken into it together: one by one they cost four pages and the merging of
 * as many pieces, a tenth of a push. Up to which place all are in it stands in `word_spaces`; those behind it are few, and a search reads their words themselves
 * (`sqlite/find-words.ts`). Triggers still write it, so that it cannot differ from `entries`, whoever writes there. PostgreSQL lets words wait in its own way (`0029-words-apart`).
 */
const document = (row: 'new' | 'old') => `(select space from word_spaces where campaign_id = ${row}.campaign_id) * 4294967296 + ${row}.seq`
const isIndexed = (row: 'new' | 'old') => `${row}.seq <= (select indexed_to from word_spaces where campaign_id = ${row}.campaign_id)`
const insertWords = `insert into entry_words (rowid, words) select ${document('new')}, new.search where ${isIndexed('new')};`
const deleteWords = `insert into entry_words (entry_words, rowid, words) select 'delete', ${document('old')}, old.search where ${isIndexed('old')};`
const isTime = `(select indexed_to from word_spaces where campaign_id = new.campaign_id) + 64 <= new.seq`

export const wordsInTurnMigration = {
  name: '0039-words-in-turn',
  statements: [],
  only: {
    sqlite: [
      `alter table word_spaces add column indexed_to bigint not null default 0`,
      `update word_spaces set indexed_to = coalesce((select max(seq) from entries where entries.campaign_id = word_spaces.campaign_id), 0)`,
      ...['added', 'changed', 'removed'].map((name) => `drop trigger entry_words_${name}`),
      `create trigger entry_words_added after insert on entries begin
        insert into word_spaces (campaign_id) select new.campaign_id where not exists (select 1 from word_spaces where campaign_id = new.campaign_id);
        ${insertWords}
      end`,
      `create trigger entry_words_waiting after insert on entries when ${isTime} begin
        insert into entry_words (rowid, words) select space * 4294967296 + seq, search from word_spaces cross join entries on entries.campaign_id = word_spaces.campaign_id and entries.seq > indexed_to
          where word_spaces.campaign_id = new.campaign_id order by seq;
        update word_spaces set indexed_to = (select max(seq) from entries where campaign_id = new.campaign_id) where campaign_id = new.campaign_id;
      end`,
      `create trigger entry_words_changed after update on entries when old.search <> new.search or old.seq <> new.seq begin
        ${deleteWords}
        ${insertWords}
      end`,
      `create trigger entry_words_removed after delete on entries begin
        ${deleteWords}
      end`,
    ],
    postgres: [],
  },
} as const
