import type { LintWords } from '#report/lint/lint-words.ts'

export const spanish: LintWords = {
  bounds: 'letters',
  who: ['gente', 'personas', 'población', 'familias', 'hogares', 'niños', 'niñas', 'mujeres', 'hombres', 'madres', 'padres', 'habitantes', 'vecinos', 'vecinas', 'estudiantes', 'alumnos', 'alumnas', 'docentes', 'maestros', 'campesinos', 'trabajadores', 'refugiados', 'comunidades', 'ciudadanos'],
  rules: {
    majority: ['la mayoría de (?:la|las|los) {who}', 'la (?:gran |inmensa )mayoría', 'mayoría de la población', 'casi tod[oa]s', 'much[oa]s? {who}', 'la mayor parte de (?:la|las|los) {who}'],
    everyone: ['todo el mundo', 'nadie', 'tod[oa]s? l[oa]s? {who}', 'ningun[oa] (?:familia|persona|niña|mujer|comunidad)', 'ningún (?:niño|hogar|hombre|habitante)', 'toda la (?:población|región|comunidad)', 'todo el (?:país|pueblo|barrio)', 'siempre', 'nunca', 'jamás', 'en todas partes', 'en ninguna parte'],
    percent: ['(?:el )?\\d+(?:[.,]\\d+)? ?(?:%|por ciento) de (?:la|las|los) {who}', '(?:la mitad|un tercio|dos tercios|una cuarta parte|tres cuartas partes) de (?:la|las|los) {who}', '(?:un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|\\d+) de cada (?:dos|tres|cuatro|cinco|diez|\\d+) {who}'],
    situation: ['la situación (?:humanitaria |general )?(?:es|está|sigue|continúa|se|ha|fue)', '(?<!que )hay (?:una? |gran )?(?:grave )?(?:escasez|falta|crisis|emergencia)', '(?<!que )no hay(?! (?:ning[uú]na? )?(?:reportes?|informes?|acci[oó]n(?:es)?|datos?|registros?|entradas?|cifras?|números?)(?!\\p{L}))', 'las condiciones (?:son|siguen)'],
    certainty: ['prueban?', 'demuestran?', 'demostrad[oa]s?', 'claramente', 'obviamente', 'evidentemente', 'ciertamente', 'sin (?:ninguna )?duda', 'es (?:claro|obvio|evidente|cierto) que', 'por supuesto', 'inevitablemente', '(?:es|son|fue|fueron) causad[oa]s? por'],
    adjective: ['terribles?', 'dramátic[oa]s?', 'trágic[oa]s?', 'horribles?', 'catastrófic[oa]s?', 'desastros[oa]s?', 'devastador(?:a|es|as)?', 'alarmantes?', 'preocupantes?', 'masiv[oa]s?', 'enormes?', 'sin precedentes?', 'espantos[oa]s?', 'impactantes?', 'desesperad[oa]s?', 'desgarrador(?:a|es|as)?', 'insoportables?', 'extremadamente', 'muy', 'lamentablemente', 'desgraciadamente', 'heroic[oa]s?', 'heroicamente', 'valientes?', 'maravillos[oa]s?', 'admirables?', 'increíbles?', 'notables?', 'deplorables?', 'miserables?', 'cruel(?:es)?'],
    inNeed: ['{who} necesitad[oa]s', '(?:está|están) en necesidad', '{who} en necesidad', '(?:l[oa]s|{who}) más (?:vulnerables|pobres|necesitad[oa]s)'],
    rank: ['(?:el|la|los|las) (?:\\p{L}+ )?más (?:golpead[oa]s?|afectad[oa]s?|castigad[oa]s?)', 'la peor (?:zona|región)', 'las peores (?:zonas|regiones)'],
  },
}
