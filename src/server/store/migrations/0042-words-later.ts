const ofCampaign = (column: string): string => `(select ${column} from word_spaces where campaign_id = new.campaign_id)`
const isTime = `indexed_to + 1000 <= new.seq`

/**
 * Supersedes the two triggers of `0039-words-in-turn` for new entries: a thousand places of the log wait, not sixty-four, so that the index is written in fewer and larger
 * pieces, and one question tells for nearly all of them that there is nothing to do. Where a campaign has no space yet the answer is no number between the two.
 */
export const wordsLaterMigration = {
  name: '0042-words-later',
  statements: [],
  only: {
    sqlite: [
      `drop trigger entry_words_added`,
      `drop trigger entry_words_waiting`,
      `create trigger entry_words_added after insert on entries when coalesce(${ofCampaign('indexed_to')}, new.seq) not between new.seq - 999 and new.seq - 1 begin
        insert into word_spaces (campaign_id) select new.campaign_id where not exists (select 1 from word_spaces where campaign_id = new.campaign_id);
        insert into entry_words (rowid, words) select ${ofCampaign('space')} * 4294967296 + new.seq, new.search where new.seq <= ${ofCampaign('indexed_to')};
        insert into entry_words (rowid, words) select space * 4294967296 + seq, search from word_spaces cross join entries on entries.campaign_id = word_spaces.campaign_id and entries.seq > indexed_to
          where word_spaces.campaign_id = new.campaign_id and ${isTime} order by seq;
        update word_spaces set indexed_to = (select max(seq) from entries where campaign_id = new.campaign_id) where campaign_id = new.campaign_id and ${isTime};
      end`,
    ],
    postgres: [],
  },
} as const
