import type { LintWords } from '#report/lint/lint-words.ts'

export const english: LintWords = {
  bounds: 'letters',
  who: ['people', 'persons', 'population', 'families', 'households', 'children', 'women', 'men', 'girls', 'boys', 'mothers', 'parents', 'residents', 'villagers', 'inhabitants', 'students', 'pupils', 'teachers', 'farmers', 'workers', 'refugees', 'communities', 'citizens'],
  rules: {
    majority: ['most(?: of the)? {who}', '(?:the|a) (?:vast |great |large |overwhelming )?majority of', 'the bulk of', '(?:nearly|almost) all', '(?<!how )many {who}', '(?:hundreds|thousands|millions)(?: of thousands)? of {who}', '{who} mostly'],
    everyone: ['everyone', 'everybody', 'nobody', 'no one', 'all (?:of )?(?:the )?{who}', 'none of (?:the )?{who}', 'the (?:whole|entire) (?:population|country|region|community|village|city)', 'always', 'never', 'everywhere', 'nowhere'],
    percent: ['\\d+(?:[.,]\\d+)? ?(?:%|per ?cent) of (?:the |all )?{who}', '(?:half|a third|two(?:-| )thirds|a quarter|three(?:-| )quarters) (?:of )?(?:the |all )?{who}', '(?:one|two|three|four|five|six|seven|eight|nine|\\d+) (?:in|out of) (?:two|three|four|five|ten|\\d+) {who}'],
    situation: ['the (?:overall |general |humanitarian )?situation (?:is|has|remains|keeps|continues|was)', '(?<!that )there (?:is|are) (?:an? |no )?(?:(?!of |reports?)\\p{L}+ ){0,2}(?:lack|shortages?|cris[ei]s|emergency)', 'conditions (?:are|remain)'],
    certainty: ['prove(?:s|d|n)?', 'demonstrat(?:es|ed?)', 'clearly', 'obviously', 'undoubtedly', 'certainly', 'without (?:a )?doubt', 'it is (?:clear|obvious|certain|evident) that', 'of course', 'inevitabl[ey]', '(?:is|are|was|were) caused by'],
    adjective: ['terribl[ey]', 'dramatic(?:ally)?', 'tragic(?:ally)?', 'horrific', 'horribl[ey]', 'catastrophic', 'disastrous', 'devastat(?:ing|ed)', 'alarming(?:ly)?', 'worrying(?:ly)?', 'massive(?:ly)?', 'huge(?:ly)?', 'enormous(?:ly)?', 'immense(?:ly)?', 'horrendous', 'unprecedented', 'appalling', 'shocking', 'desperate(?:ly)?', 'dire', 'heart-?breaking', 'unbearabl[ey]', 'extremely', 'very', 'sadly', 'unfortunately', 'heroic', 'brave(?:ly)?', 'inspiring', 'wonderful', 'amazing', 'remarkabl[ey]', 'deplorable', 'miserable', 'cruel(?:ly)?'],
    inNeed: ['{who} in need', '(?:are|is|were) in need', 'the (?:most )?vulnerable', 'vulnerable {who}', 'the poorest', 'the needy'],
    rank: ['(?:the )?(?:worst|hardest|most)(?:-| )(?:hit|affected)', 'the worst (?:area|region|district|place)s?'],
  },
}
