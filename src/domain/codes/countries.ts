/**
 * ISO 3166-1: alpha-3 and alpha-2 of each country (from the i18n-iso-countries list, MIT). Names come from Intl.DisplayNames. Of most the two letters
 * are among the three, and are not said again: the list comes with a first visit, and weighs half of what it would.
 */
const [firstTwo, firstAndThird, others] = [
  'AFGAIAALBARGASMAUSAZEBELBFABGRBHRBLMBMUBOLBRABTNBVTBWACANCCKCHECIVCMRCOLCRICUBCXRCYPCZEDEUDJIDMADOMDZAECUEGYERIESPETHFINFJIFRAGABGBRGEO' +
  'GGYGHAGIBGMBGRCGTMGUMHKGHMDHNDHRVHTIHUNIDNIMNINDIOTIRNISLITAJEYJORJPNKENKGZKHMKIRKNAKWTLAOLBNLCALIELKALSOLTULUXLVAMARMCOMDAMHLMKDMLIMMR' +
  'MNGMRTMSRMUSMWIMYSNAMNCLNERNFKNGANICNLDNORNPLNRUNZLOMNPANPERPHLPRIPSEQATREUROURUSRWASAUSDNSGPSHNSJMSLESMRSOMSSDSTPSXMSYRTCATGOTHATJKTKL' +
  'TLSTONTTOTWNTZAUGAUMIUSAUZBVATVCTVENVGBVIRVNMVUTWSMXKKYEMZAFZMBZWE',
  'ABWAGOANDAREARMATGAUTBDIBGDBHSBLZBRBBRNCAFCHLCHNCODCOGCOKCPVCUWDNKESHFLKFROFSMGINGLPGNQGRDGRLGUFGUYIRQJAMKAZKORLBRLBYMAFMDGMDVMEXMLTMNE' +
  'MNPMOZMTQNIUPAKPCNPLWPNGPOLPRTPRYPYFSENSLBSLVSURSVKSWESWZSYCTCDTKMTUNTURTUVURYWLF',
  'ALAAXATAAQATFTFBENBJBESBQBIHBABLRBYCOMKMCYMKYESTEEGNBGWIRLIEISRILMACMOMYTYTPRKKPSGSGSSPMPMSRBRSSVNSIUKRUA',
] as const

const alpha2ByAlpha3: ReadonlyMap<string, string> = new Map([
  ...lettersOf(firstTwo, 3).map((code) => [code, code.slice(0, 2)] as const),
  ...lettersOf(firstAndThird, 3).map((code) => [code, code.slice(0, 1) + code.slice(2)] as const),
  ...lettersOf(others, 5).map((both) => [both.slice(0, 3), both.slice(3)] as const),
])

function lettersOf(codes: string, letters: number): readonly string[] {
  return codes.match(new RegExp(`.{${letters}}`, 'g')) ?? []
}

/** Every alpha-3 code, in alphabetical order of the codes. */
export const countries: readonly string[] = [...alpha2ByAlpha3.keys()].sort()

export function isCountry(code: string): boolean {
  return alpha2ByAlpha3.has(code)
}

/** The alpha-2 code that Intl and IATI want, or null. */
export function alpha2Of(alpha3: string): string | null {
  return alpha2ByAlpha3.get(alpha3) ?? null
}

const alpha3ByAlpha2: ReadonlyMap<string, string> = new Map([...alpha2ByAlpha3].map(([alpha3, alpha2]) => [alpha2, alpha3]))

/** The alpha-3 code of an alpha-2 one, or null. */
export function alpha3Of(alpha2: string): string | null {
  return alpha3ByAlpha2.get(alpha2) ?? null
}
