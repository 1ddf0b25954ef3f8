import { alpha2Of, alpha3Of, countries } from '#domain/codes/countries.ts'
import { locales } from '#i18n/locale.ts'

/** English names of the countries as data files write them (from the i18n-iso-countries list, MIT), and the spellings that the files at hand use. */
const names = `
AFG=Afghanistan;ALB=Albania;DZA=Algeria;ASM=American Samoa;AND=Andorra;AGO=Angola;AIA=Anguilla;ATA=Antarctica;ATG=Antigua and
Barbuda;ARG=Argentina;ARM=Armenia;ABW=Aruba;AUS=Australia;AUT=Austria;AZE=Azerbaijan;BHS=Bahamas;BHR=Bahrain;BGD=Bangladesh;BRB=Barbados;BLR=Belarus;BEL=Belgium;BLZ=Belize;BEN=Benin;BMU=Bermuda;BTN=Bhutan;BOL=Bolivia;BIH=Bosnia
and Herzegovina;BWA=Botswana;BVT=Bouvet Island;BRA=Brazil;IOT=British Indian Ocean Territory;BRN=Brunei Darussalam;BGR=Bulgaria;BFA=Burkina
Faso;BDI=Burundi;KHM=Cambodia;CMR=Cameroon;CAN=Canada;CPV=Cape Verde;CYM=Cayman Islands;CAF=Central African
Republic;TCD=Chad;CHL=Chile;CHN=People's Republic of China;CXR=Christmas Island;CCK=Cocos (Keeling)
Islands;COL=Colombia;COM=Comoros;COG=Republic of the Congo;COD=Democratic Republic of the Congo;COK=Cook Islands;CRI=Costa Rica;CIV=Cote
d'Ivoire;HRV=Croatia;CUB=Cuba;CYP=Cyprus;CZE=Czech Republic;DNK=Denmark;DJI=Djibouti;DMA=Dominica;DOM=Dominican
Republic;ECU=Ecuador;EGY=Egypt;SLV=El Salvador;GNQ=Equatorial Guinea;ERI=Eritrea;EST=Estonia;ETH=Ethiopia;FLK=Falkland Islands
(Malvinas);FRO=Faroe Islands;FJI=Fiji;FIN=Finland;FRA=France;GUF=French Guiana;PYF=French Polynesia;ATF=French Southern
Territories;GAB=Gabon;GMB=Republic of The
Gambia;GEO=Georgia;DEU=Germany;GHA=Ghana;GIB=Gibraltar;GRC=Greece;GRL=Greenland;GRD=Grenada;GLP=Guadeloupe;GUM=Guam;GTM=Guatemala;GIN=Guinea;GNB=Guinea-Bissau;GUY=Guyana;HTI=Haiti;HMD=Heard
Island and McDonald Islands;VAT=Holy See (Vatican City State);HND=Honduras;HKG=Hong
Kong;HUN=Hungary;ISL=Iceland;IND=India;IDN=Indonesia;IRN=Islamic Republic of
Iran;IRQ=Iraq;IRL=Ireland;ISR=Israel;ITA=Italy;JAM=Jamaica;JPN=Japan;JOR=Jordan;KAZ=Kazakhstan;KEN=Kenya;KIR=Kiribati;PRK=North
Korea;KOR=South Korea;KWT=Kuwait;KGZ=Kyrgyzstan;LAO=Lao People's Democratic
Republic;LVA=Latvia;LBN=Lebanon;LSO=Lesotho;LBR=Liberia;LBY=Libya;LIE=Liechtenstein;LTU=Lithuania;LUX=Luxembourg;MAC=Macao;MDG=Madagascar;MWI=Malawi;MYS=Malaysia;MDV=Maldives;MLI=Mali;MLT=Malta;MHL=Marshall
Islands;MTQ=Martinique;MRT=Mauritania;MUS=Mauritius;MYT=Mayotte;MEX=Mexico;FSM=Micronesia, Federated States of;MDA=Moldova, Republic
of;MCO=Monaco;MNG=Mongolia;MSR=Montserrat;MAR=Morocco;MOZ=Mozambique;MMR=Myanmar;NAM=Namibia;NRU=Nauru;NPL=Nepal;NLD=Netherlands;NCL=New
Caledonia;NZL=New Zealand;NIC=Nicaragua;NER=Niger;NGA=Nigeria;NIU=Niue;NFK=Norfolk Island;MNP=Northern Mariana Islands;MKD=The Republic of
North Macedonia;NOR=Norway;OMN=Oman;PAK=Pakistan;PLW=Palau;PSE=State of Palestine;PAN=Panama;PNG=Papua New
Guinea;PRY=Paraguay;PER=Peru;PHL=Philippines;PCN=Pitcairn;POL=Poland;PRT=Portugal;PRI=Puerto
Rico;QAT=Qatar;REU=Reunion;ROU=Romania;RUS=Russian Federation;RWA=Rwanda;SHN=Saint Helena;KNA=Saint Kitts and Nevis;LCA=Saint
Lucia;SPM=Saint Pierre and Miquelon;VCT=Saint Vincent and the Grenadines;WSM=Samoa;SMR=San Marino;STP=Sao Tome and Principe;SAU=Saudi
Arabia;SEN=Senegal;SYC=Seychelles;SLE=Sierra Leone;SGP=Singapore;SVK=Slovakia;SVN=Slovenia;SLB=Solomon Islands;SOM=Somalia;ZAF=South
Africa;SGS=South Georgia and the South Sandwich Islands;ESP=Spain;LKA=Sri Lanka;SDN=Sudan;SUR=Suriname;SJM=Svalbard and Jan
Mayen;SWZ=Eswatini;SWE=Sweden;CHE=Switzerland;SYR=Syrian Arab Republic;TWN=Taiwan, Province of China;TJK=Tajikistan;TZA=United Republic of
Tanzania;THA=Thailand;TLS=Timor-Leste;TGO=Togo;TKL=Tokelau;TON=Tonga;TTO=Trinidad and
Tobago;TUN=Tunisia;TUR=Türkiye;TKM=Turkmenistan;TCA=Turks and Caicos Islands;TUV=Tuvalu;UGA=Uganda;UKR=Ukraine;ARE=United Arab
Emirates;GBR=United Kingdom;USA=United States of America;UMI=United States Minor Outlying
Islands;URY=Uruguay;UZB=Uzbekistan;VUT=Vanuatu;VEN=Venezuela;VNM=Vietnam;VGB=Virgin Islands, British;VIR=Virgin Islands, U.S.;WLF=Wallis and
Futuna;ESH=Western Sahara;YEM=Yemen;ZMB=Zambia;ZWE=Zimbabwe;ALA=Åland Islands;BES=Bonaire, Sint Eustatius and
Saba;CUW=Curaçao;GGY=Guernsey;IMN=Isle of Man;JEY=Jersey;MNE=Montenegro;BLM=Saint Barthélemy;MAF=Saint Martin (French
part);SRB=Serbia;SXM=Sint Maarten (Dutch part);SSD=South Sudan;XKK=Kosovo
`

/** Short and former names, those of CLDR (which browsers show), and what 3W lists write. */
const aliases = 'HMD=Heard and McDonald Islands;BRN=Brunei;CHN=China;COG=Congo - Brazzaville;COD=Congo - Kinshasa;COD=DRC;COD=RD Congo;CAF=CAR;CZE=Czechia;FLK=Falkland Islands;FSM=Micronesia;GMB=Gambia;HKG=Hong Kong SAR China;LAO=Lao PDR;MAC=Macao SAR China;MAF=Saint Martin;MKD=North Macedonia;MMR=Burma;MMR=Myanmar (Burma);MDA=Moldova;PCN=Pitcairn Islands;PSE=Palestinian Territories;PSE=occupied Palestinian territory;SSD=S. Sudan;SXM=Sint Maarten;SYR=Syria;TLS=East Timor;TWN=Taiwan;UMI=U.S. Outlying Islands;ARE=UAE;USA=U.S.;USA=US;GBR=Great Britain;VAT=Vatican City;VAT=Vatican;VGB=British Virgin Islands;VIR=U.S. Virgin Islands;BES=Caribbean Netherlands;COD=République démocratique du Congo;KOR=Republic of Korea;BOL=Plurinational State of Bolivia;VEN=Bolivarian Republic of Venezuela;BOL=Bolivia;CIV=Côte d’Ivoire;CIV=Ivory Coast;COD=DR Congo;COD=Congo (Kinshasa);COD=Democratic Republic of Congo;COG=Congo (Brazaville);COG=Congo (Brazzaville);COG=Congo-Brazzaville;IRN=Iran;LAO=Laos;MDA=Moldova;MLI=Mali Situation;NGA=Nigeria Situation;PRK=North Korea;KOR=South Korea;RUS=Russia;SYR=Syria;TZA=Tanzania;TUR=Turkey;USA=United States;USA=USA;VEN=Venezuela;VNM=Vietnam;GBR=UK;PSE=Palestine;PSE=oPt;TWN=Taiwan;SWZ=Swaziland;MKD=Macedonia;CPV=Cape Verde'

const codesByName: ReadonlyMap<string, string> = new Map(
  `${names.replaceAll('\n', ' ')};${aliases}`.split(';').map((pair) => [folded(pair.slice(pair.indexOf('=') + 1)), pair.slice(0, pair.indexOf('=')).trim()]),
)

/** What lists in the other languages write, where it is not what browsers show. */
const aliasesElsewhere = 'COD=RDC;COD=R.D.C.;COD=RD du Congo;COD=Congo (RDC);COD=Congo RDC;COD=Congo démocratique;COG=Congo Brazzaville;COG=République du Congo;CAF=RCA;CAF=Centrafrique;BFA=Burkina;GIN=Guinée Conakry;GIN=Guinée-Conakry;MMR=Birmanie;PSE=Territoire palestinien occupé;PSE=Territoires palestiniens occupés;COG=República del Congo;MMR=Birmania;PSE=Palestina;USA=EE. UU.;USA=EEUU;USA=EUA;USA=États-Unis d’Amérique;USA=Estados Unidos de América;GBR=Royaume Uni;SYR=République arabe syrienne;SYR=República Árabe Siria;CIV=Costa de Marfil;TLS=Timor oriental;COD=Демократическая Республика Конго;COD=ДР Конго;COD=ДРК;COG=Республика Конго;CAF=ЦАР;PSE=Палестина;USA=США;GBR=Соединенное Королевство;RUS=Российская Федерация;SYR=Сирийская Арабская Республика;MMR=Мьянма;MDA=Республика Молдова;COD=جمهورية الكونغو الديمقراطية;COD=الكونغو الديمقراطية;COG=جمهورية الكونغو;CAF=أفريقيا الوسطى;PSE=فلسطين;PSE=دولة فلسطين;PSE=الأراضي الفلسطينية المحتلة;SYR=سورية;SYR=الجمهورية العربية السورية;USA=الولايات المتحدة الأمريكية;PSE=巴勒斯坦;COD=刚果民主共和国;COD=民主刚果;COG=刚果共和国;USA=美利坚合众国;SYR=阿拉伯叙利亚共和国;GBR=大不列颠及北爱尔兰联合王国'

/** Two countries, or neither, in whatever language. */
const ofTwo = new Set(['congo', 'конго', 'الكونغو', '刚果'].map(folded))

let namesElsewhere: ReadonlyMap<string, string | null> | null = null

/** The names that browsers show in the other languages of Terrain, made when the first one is looked for: most tables are in English. Null for a name of two countries. */
function inOtherLanguages(): ReadonlyMap<string, string | null> {
  if (namesElsewhere !== null) return namesElsewhere
  const found = new Map<string, string | null>()
  const add = (name: string, code: string): void => {
    const key = folded(name)
    found.set(key, ofTwo.has(key) || (found.get(key) ?? code) !== code ? null : code)
  }
  for (const locale of locales) {
    const regions = new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' })
    for (const code of countries) {
      const name = regions.of(alpha2Of(code) ?? '')
      if (name !== undefined) add(name, code)
    }
  }
  for (const pair of aliasesElsewhere.split(';')) add(pair.slice(4), pair.slice(0, 3))
  namesElsewhere = found
  return found
}

/** The alpha-3 code of a country's name in one of the six languages, or of its code of three letters, as people write it; null for none. */
export function countryOfName(name: string): string | null {
  return countryInEnglish(name) ?? inOtherLanguages().get(folded(name)) ?? alpha3Of(twoLetters.exec(name.trim())?.[0] ?? '')
}

/** The same where the name may be that of a region as well: in other languages those of more countries are (“San Martín”, “Granada”). */
export function countryInEnglish(name: string): string | null {
  const code = name.trim().toUpperCase()
  return codesByName.get(folded(name)) ?? (/^[A-Z]{3}$/.test(code) && new Set(codesByName.values()).has(code) ? code : null)
}

/** As programs write a code, in capitals; what people also mean by such letters (no, not available) is none. */
const twoLetters = /^(?!NO$|NA$)[A-Z]{2}$/

/** Without accents, case, doubled white space and the article; `&` is "and", `St.` is "Saint". */
function folded(text: string): string {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[’']/g, '’').replaceAll('&', ' and ').replace(/\s+/g, ' ').trim().toLowerCase()
  return plain.replace(/\bthe /g, '').replace(/(^|\s)st\.? (?=[a-z])/g, '$1saint ')
}
