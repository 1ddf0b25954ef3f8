import type { Topic } from '#domain/codes/code-lists.ts'

/**
 * What humanitarian tables call their sectors beside our labels: the clusters of the IASC with the short names that stand in most 3W
 * files, in the six languages. A guess that a person sees and may change; where a name means two topics it is not here.
 */
const names: Partial<Readonly<Record<Topic, string>>> = {
  EDU: 'education;education in emergencies;eie;education en situation d’urgence;educacion;educacion en emergencias;образование;образование в чрезвычайных ситуациях;教育;紧急教育;التعليم;التعليم في حالات الطوارئ;التربية والتعليم',
  HEA: 'health;sante;salud;health cluster;здравоохранение;здоровье;卫生;健康;医疗;الصحة;الرعاية الصحية',
  MHP: 'mhpss;smsps;mental health;sante mentale;salud mental;психическое здоровье;мзпсп;心理健康;精神卫生;الصحة النفسية;الصحة النفسية والدعم النفسي الاجتماعي',
  FSC: 'food security;food security and livelihoods;food;fsc;fsl;fsac;nutrition;securite alimentaire;secal;securite alimentaire et nutrition;seguridad alimentaria;nutricion;продовольственная безопасность;продовольственная безопасность и средства к существованию;питание;продовольствие;粮食安全;粮食;营养;الأمن الغذائي;الأمن الغذائي والزراعة;الأمن الغذائي وسبل العيش;الغذاء;التغذية',
  WSH: 'wash;watsan;wsh;water sanitation and hygiene;water, sanitation and hygiene;eha;eau hygiene et assainissement;eau, hygiene et assainissement;agua saneamiento e higiene;agua, saneamiento e higiene;вода, санитария и гигиена;вода санитария и гигиена;водоснабжение, санитария и гигиена;вссг;всг;水、环境卫生和个人卫生;水与卫生;水和卫生;المياه والصرف الصحي والنظافة;المياه والصرف الصحي والنظافة الصحية;المياه والإصحاح البيئي;المياه والإصحاح;المياه',
  LIV: 'livelihoods;livelihood;early recovery;moyens de subsistance;moyens d’existence;relevement precoce;medios de vida;recuperacion temprana;средства к существованию;раннее восстановление;生计;سبل العيش;سبل كسب العيش;التعافي المبكر',
  SHL: 'shelter;shelter/nfi;shelter and nfi;shelter & nfi;es/nfi;snfi;nfi;abris;abri;abris/nfi;abris/ame;abris et ame;ame;alojamiento;albergue;albergues;жилье;укрытие;кров;жилье и непродовольственные товары;住所;庇护所;المأوى;المأوى والمواد غير الغذائية;المواد غير الغذائية;الإيواء',
  PRO: 'protection;child protection;gbv;vbg;proteccion;protection de l’enfance;proteccion de la infancia;защита;защита детей;保护;儿童保护;الحماية;حماية الطفل;حماية الطفولة',
  DIS: 'cccm;camp coordination and camp management;gestion des camps;gestion de campamentos;координация и управление лагерями;营地协调和营地管理;营地管理;تنسيق وإدارة المخيمات;إدارة المخيمات',
  MOB: 'logistics;logistique;logistica;логистика;后勤;物流;اللوجستيات;الخدمات اللوجستية',
  INF: 'etc;telecommunications;emergency telecommunications;telecomunicaciones;связь;телекоммуникации;电信;应急电信;الاتصالات;الاتصالات في حالات الطوارئ',
}

const topics: ReadonlyMap<string, Topic> = new Map(Object.entries(names).flatMap(([topic, list]) => list.split(';').map((name) => [bare(name), topic as Topic] as const)))

/** The topic of a sector's usual name, which is in lower case and without accents; null when it is none, or could be several. */
export function topicOfSector(name: string): Topic | null {
  return topics.get(bare(name)) ?? null
}

/** As the names of a table are compared, with one kind of apostrophe. */
function bare(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('\'', '’')
}
