import type { LintWords } from '#report/lint/lint-words.ts'

export const french: LintWords = {
  bounds: 'letters',
  who: ['gens', 'personnes', 'population', 'populations', 'familles', 'ménages', 'enfants', 'femmes', 'hommes', 'filles', 'garçons', 'mères', 'parents', 'habitants', 'habitantes', 'villageois', 'élèves', 'enseignants', 'paysans', 'agriculteurs', 'travailleurs', 'réfugiés', 'communautés', 'citoyens'],
  rules: {
    majority: ['la plupart des {who}', 'la (?:grande |vaste |très grande )?majorité (?:des|de la|du)', 'presque (?:tous|toutes)', 'la quasi-totalité', 'beaucoup d(?:e |[’\'])(?:{who})', 'de nombreu(?:x|ses) {who}'],
    everyone: ['tout le monde', 'chacun', 'personne n[’\'](?:a|est|y|en)', 'tou(?:s|tes) les {who}', 'aucune? (?:famille|personne|enfant|femme|homme|ménage|habitante?|élève)', 'toute la (?:population|région|communauté)', 'tout le (?:pays|village|quartier)', 'toujours', 'jamais', 'partout', 'nulle part'],
    percent: ['\\d+(?:[.,]\\d+)? ?(?:%|pour cent) (?:des|de la) {who}', '(?:la moitié|un tiers|le tiers|deux tiers|les deux tiers|un quart|le quart|trois quarts|les trois quarts) (?:des|de la) {who}', '(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|\\d+) {who} sur (?:deux|trois|quatre|cinq|dix|\\d+)', '(?:un|une) (?:enfant|femme|homme|famille|personne|ménage) sur (?:deux|trois|quatre|cinq|dix|\\d+)'],
    situation: ['la situation (?:humanitaire |générale )?(?:est|reste|demeure|devient|a|s[’\']aggrave|se)', '(?<!qu[’\'])il y a (?:une? |pas de )?(?:grave |grande )?(?:pénurie|manque|crise|urgence)', '(?<!qu[’\'])il manque', 'les conditions (?:sont|restent)'],
    certainty: ['prouv(?:e|ent|é|ée|és|ées)', 'démontr(?:e|ent|é|ée)', 'clairement', 'évidemment', 'manifestement', 'certainement', 'sans (?:aucun )?doute', '(?:il est|c[’\']est) (?:clair|évident|certain) qu(?:e|[’\'])', 'bien sûr', 'inévitablement', '(?:est|sont) causée?s? par'],
    adjective: ['terribles?', 'dramatiques?', 'dramatiquement', 'tragiques?', 'horribles?', 'catastrophiques?', 'désastreu(?:x|se|ses)', 'dévasta(?:teur|trice|teurs|trices)', 'alarmant(?:e|s|es)?', 'inquiétant(?:e|s|es)?', 'massi(?:ve|fs|ves)', 'massif(?! (?:du|de|des|central)(?!\\p{L}))(?! d[’\'])', 'énormes?', 'énormément', 'sans précédent', 'épouvantables?', 'choquant(?:e|s|es)?', 'désespérée?s?', 'déchirant(?:e|s|es)?', 'insupportables?', 'extrêmement', 'très', 'malheureusement', 'hélas', 'héroïques?', 'courageu(?:x|se|ses)', 'admirables?', 'formidables?', 'remarquables?', 'déplorables?', 'misérables?', 'cruel(?:le|s|les)?'],
    inNeed: ['{who} dans le besoin', '(?:est|sont|étaient) dans le besoin', 'les plus (?:vulnérables|démunis|démunies|pauvres)', 'les nécessiteux'],
    rank: ['(?:la|le|les) plus (?:durement |gravement )?(?:touchée?s?|frappée?s?)', 'la pire (?:zone|région)', 'les pires (?:zones|régions)'],
  },
}
