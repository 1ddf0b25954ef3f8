import type { deskReport as english } from '#i18n/en/desk-report.ts'

/** Our own translation, to be read by a native speaker. */
export const deskReport: { readonly [Key in keyof typeof english]: string } = {
  'bar.report': 'Rapport',
  'reports.title': 'Rapport',
  'reports.protects': 'Les lieux sont des régions, aucun nom n’y figure, les nombres inférieurs à cinq ne sont pas montrés et les fiches sensibles sont seulement comptées.',
  'reports.language': 'Langue du rapport',
  'reports.open': 'Ouvrir la page',
  'reports.save': 'Enregistrer en fichier',
  'reports.word': 'Enregistrer pour Word',
  'reports.print': 'Pour un PDF, ouvrez la page et imprimez-la.',
  'reports.making': 'Composition du rapport…',
  'reports.saved': '{name} est enregistré.',
}
