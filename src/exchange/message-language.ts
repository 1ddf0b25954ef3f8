/** Short common words that tell the languages of the messages apart; none stands in two of the lists. */
const marks: Readonly<Record<string, readonly string[]>> = {
  ht: 'nou mwen yo nan pou gen ap pa ki moun lan bezwen tanpri tampri souple manje dlo sou fe anpil nap yon kote ede li te ak pral pap genyen yap kay tou konnen kijan koman sa janm'.split(' '),
  fr: 'je nous vous les des est avons sommes dans avec besoin une sont pas sur votre ont aux au du merci pourquoi svp il elle qui ai et'.split(' '),
  es: 'necesito necesitamos necesita estamos que los las por para ayuda el una como muy tengo aqui hola esta personas somos'.split(' '),
  en: 'the we are is and to have not please our my need in of from with you people they this was has been'.split(' '),
}

/**
 * The language of a short message, among the usual one of its event and those that also occur there. It leaves the usual one
 * only for another whose words are at least two more: a Creole message borrows French words, and a wrong tag is worse than a broad one.
 */
export function languageOf(text: string, { usual, also }: { readonly usual: string; readonly also: readonly string[] }): string {
  const words = text.normalize('NFC').toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []
  const count = (language: string) => words.filter((word) => marks[language]?.includes(word)).length
  const best = also.map((language) => ({ language, found: count(language) })).reduce((most, one) => (one.found > most.found ? one : most), { language: usual, found: count(usual) + 1 })
  return best.language
}

const scripts = [['ar', /\p{Script=Arabic}/gu, /[ٹڈڑںےۓپچگکی]/u], ['ru', /\p{Script=Cyrillic}/gu, /[іїєґўѓќљњџ]/iu], ['zh', /\p{Script=Han}/gu, /[\p{Script=Hiragana}\p{Script=Katakana}]/u]] as const
/** Languages that share short words with those above: so that none of them is taken for one. */
const alikes: Readonly<Record<string, readonly string[]>> = {
  pt: 'não uma os em com do da dos das foi são há na no mais ao pela pelo'.split(' '),
  it: 'il che non della gli per con sono di nel una alla è'.split(' '),
  de: 'der die und das nicht ist ein eine im den wir zu auf'.split(' '),
}

/**
 * The language of much text: by its script where only one of ours is written in it, else by its common words, of which there must be some and twice as many as
 * of any other; null where nobody can tell, as for a language that is not among them.
 */
export function likelyLanguage(text: string): string | null {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  for (const [language, script, another] of scripts) if ((text.match(script)?.length ?? 0) * 2 > letters) return another.test(text) ? null : language
  const words = text.normalize('NFC').toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []
  const [first, second] = Object.entries({ ...marks, ...alikes }).map(([language, list]) => ({ language, found: words.filter((word) => list.includes(word)).length })).toSorted((a, b) => b.found - a.found)
  if (first === undefined || second === undefined) return null
  return first.found >= Math.max(2, words.length / 20, second.found * 2) && first.language in marks ? first.language : null
}
