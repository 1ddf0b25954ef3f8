import type { deskSecond as english } from '#i18n/en/desk-second.ts'

export const deskSecond: { readonly [Key in keyof typeof english]: string } = {
  'queue.view.second': '待第二人阅读',
  'queue.empty.second': '没有等你作第二次阅读的记录。',
  'queue.facet.second': '第二次阅读',
  'facetCode.second.me': '等我阅读',
  'facetCode.second.wanted': '等第二人阅读',
  'facetCode.second.agreed': '两人结论相同',
  'facetCode.second.differed': '两人结论不同',
  'second.title': '你是这条记录的第二位阅读者。',
  'second.text': '已有同事作出决定。你给出自己的结论之后，才会显示对方的结论。结论相同即为确认；结论不同，这条记录就有争议，直到有人裁定。',
  'history.agreed': '第二次阅读，结论相同',
  'bulk.why.second': '等第二人单独阅读',
  'campaign.second': '每一百条已决定的记录中，由第二人阅读的条数',
  'campaign.secondHint': '选中哪些由服务器的密钥计算得出，没有人能挑选。高敏感记录中已批准的引语总是由第二人阅读。在此之前，记录按已作的决定计算。',
  'campaign.secondRange': '0 到 100 之间的整数。',
  'campaign.setting.secondReading': '第二次阅读（每一百条）',
  'campaign.secondSoFar': '{count, plural, =0 {还没有记录由两人阅读。} other {# 条记录由两人阅读，其中 {agreed, number} 条结论相同。}}',
  'campaign.secondShare': '每一百条中有 {percent, number} 条一致。',
  'campaign.secondWaiting': '{count, plural, =0 {没有记录在等待。} other {# 条在等第二人。}}',
}
