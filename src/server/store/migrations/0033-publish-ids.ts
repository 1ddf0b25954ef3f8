/** Under which id an issue was asked to be published, so that whoever lost the answer and asks again gets the same issue. Null: an app of before sent none. */
export const publishIdsMigration = { name: '0033-publish-ids', statements: [
  `alter table report_issues add column publish_id text`,
  `create unique index report_issues_by_publish_id on report_issues (campaign_id, publish_id)`,
] } as const
