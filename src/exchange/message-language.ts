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
