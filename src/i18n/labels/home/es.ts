import type { HomeLabels } from '#i18n/labels.ts'

/** The labels that the first screen shows, in Spanish. */
export const homeLabels: HomeLabels = {
  topic: { EDU: 'Educación y aprendizaje', ECC: 'Primera infancia y cuidados', HEA: 'Salud', MHP: 'Salud mental y bienestar', FSC: 'Alimentación y nutrición', WSH: 'Agua, saneamiento e higiene', LIV: 'Trabajo e ingresos', SHL: 'Vivienda y enseres', PRO: 'Seguridad y protección contra la violencia', SOC: 'Aislamiento, estigma y discriminación', INF: 'Información, rumores y acceso a internet', CUL: 'Cultura, artes y patrimonio', ENV: 'Medio ambiente y ciencia', DIS: 'Desplazamiento y migración', MOB: 'Transporte y acceso a servicios', GOV: 'Derechos y participación', OTH: 'Otro' },
  kind: { challenge: 'Reto', action: 'Acción' },
}
