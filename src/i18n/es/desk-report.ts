import type { deskReport as english } from '#i18n/en/desk-report.ts'

/** Our own translation, to be read by a native speaker. */
export const deskReport: { readonly [Key in keyof typeof english]: string } = {
  'bar.report': 'Informe',
  'reports.title': 'Informe',
  'reports.protects': 'Los lugares son regiones, no figura ningún nombre, los números menores de cinco no se muestran y las fichas sensibles solo se cuentan.',
  'reports.language': 'Idioma del informe',
  'reports.open': 'Abrir la página',
  'reports.save': 'Guardar como archivo',
  'reports.word': 'Guardar para Word',
  'reports.print': 'Para un PDF, abra la página e imprímala.',
  'reports.making': 'Componiendo el informe…',
  'reports.saved': '{name} está guardado.',
}
