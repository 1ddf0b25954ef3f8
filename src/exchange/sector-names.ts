import type { Topic } from '#domain/codes/code-lists.ts'

/**
 * What humanitarian tables call their sectors beside our labels: the clusters of the IASC with the short names that stand in most 3W
 * files, in the languages in which these come. A guess that a person sees and may change; where a name means two topics it is not here.
 */
const names: Partial<Readonly<Record<Topic, string>>> = {
  EDU: 'education;education in emergencies;eie;education en situation d’urgence;educacion;educacion en emergencias',
  HEA: 'health;sante;salud;health cluster',
  MHP: 'mhpss;smsps;mental health;sante mentale;salud mental',
  FSC: 'food security;food security and livelihoods;food;fsc;fsl;fsac;nutrition;securite alimentaire;secal;securite alimentaire et nutrition;seguridad alimentaria;nutricion',
  WSH: 'wash;watsan;wsh;water sanitation and hygiene;water, sanitation and hygiene;eha;eau hygiene et assainissement;eau, hygiene et assainissement;agua saneamiento e higiene;agua, saneamiento e higiene',
  LIV: 'livelihoods;livelihood;early recovery;moyens de subsistance;moyens d’existence;relevement precoce;medios de vida;recuperacion temprana',
  SHL: 'shelter;shelter/nfi;shelter and nfi;shelter & nfi;es/nfi;snfi;nfi;abris;abri;abris/nfi;abris et ame;ame;alojamiento;albergue;albergues',
  PRO: 'protection;child protection;gbv;vbg;proteccion;protection de l’enfance;proteccion de la infancia',
  DIS: 'cccm;camp coordination and camp management;gestion des camps;gestion de campamentos',
  MOB: 'logistics;logistique;logistica',
  INF: 'etc;telecommunications;emergency telecommunications;telecomunicaciones',
}

const topics: ReadonlyMap<string, Topic> = new Map(Object.entries(names).flatMap(([topic, list]) => list.split(';').map((name) => [name, topic as Topic] as const)))

/** The topic of a sector's usual name, which is in lower case and without accents; null when it is none, or could be several. */
export function topicOfSector(name: string): Topic | null {
  return topics.get(name.replaceAll('\'', '’')) ?? null
}
