import type { HomeLabels } from '#i18n/labels.ts'

/** The labels that the first screen shows, in French. */
export const homeLabels: HomeLabels = {
  topic: { EDU: 'Éducation et apprentissage', ECC: 'Petite enfance et soins', HEA: 'Santé', MHP: 'Santé mentale et bien-être', FSC: 'Alimentation et nutrition', WSH: 'Eau, assainissement et hygiène', LIV: 'Travail et revenus', SHL: 'Logement et articles ménagers', PRO: 'Sécurité et protection contre les violences', SOC: 'Isolement, stigmatisation et discrimination', INF: 'Information, rumeurs et accès à internet', CUL: 'Culture, arts et patrimoine', ENV: 'Environnement et sciences', DIS: 'Déplacement et migration', MOB: 'Transport et accès aux services', GOV: 'Droits et participation', OTH: 'Autre' },
  kind: { challenge: 'Défi', action: 'Action' },
}
