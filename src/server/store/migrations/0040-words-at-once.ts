/**
 * PostgreSQL calls a trigger for each row, and looks up and runs each of its statements for it; the words of new entries are taken into `entry_words` once for each statement
 * that brings entries, however many those are. What is changed or removed goes on as before (`0029-words-apart`).
 */
export const wordsAtOnceMigration = {
  name: '0040-words-at-once',
  statements: [],
  only: {
    sqlite: [],
    postgres: [
      `create function keep_words_of_added() returns trigger language plpgsql as $$ begin
        insert into entry_words (campaign_id, entry_id, seq, words) select campaign_id, id, seq, array_to_tsvector(string_to_array(search, ' ')) from added;
        return null;
      end $$`,
      `drop trigger if exists entry_words_written on entries`,
      `create trigger entry_words_added after insert on entries referencing new table as added for each statement execute function keep_words_of_added()`,
      `create trigger entry_words_removed after delete on entries for each row execute function keep_entry_words()`,
    ],
  },
} as const
