/**
 * How many coordinators, of now or of before, have no name any more. Phones keep the names of those who decided on their entries; another number here is another
 * selection to them, which they pull from its beginning (`scopeFor`). A volunteer's name stands on no other phone.
 */
export const namesGoneMigration = {
  name: '0043-names-gone',
  statements: [
    `alter table campaigns add column names_gone bigint not null default 0`,
    `update campaigns set names_gone = (
      select count(*) from members where members.campaign_id = campaigns.campaign_id and members.name = '–' and (members.role = 'coordinator'
        or exists (select 1 from acts where acts.campaign_id = members.campaign_id and acts.act = 'member.role' and acts.subject = members.id)))`,
  ],
} as const
