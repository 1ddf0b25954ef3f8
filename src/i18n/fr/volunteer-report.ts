import type { volunteerReport as english } from '#i18n/en/volunteer-report.ts'

export const volunteerReport: { readonly [Key in keyof typeof english]: string } = {
  'reported.counted': 'Comptée dans le rapport n° {number, number}, {day}',
  'reported.sentences': '{count, plural, one {Votre fiche soutient cette phrase.} other {Votre fiche soutient ces phrases.}}',
  'reported.inNumbers': 'Elle est dans les chiffres du rapport. Aucune phrase ne la cite.',
  'reported.readThere': 'La lire dans le rapport',
  'reported.read': 'Lire le rapport',
  'reported.home': '{count, plural, one {# de vos fiches est dans le rapport n° {number, number}} other {# de vos fiches sont dans le rapport n° {number, number}}}',
  'reported.heading': 'Dans le rapport n° {number, number}',
  'reported.all': 'Toutes mes fiches',
  'reported.away': 'Ce rapport n’est pas sur ce téléphone.',
  'reported.awayText': 'Un rapport publié se lit ici sans connexion une fois qu’il a été ouvert avec une connexion.',
  'reported.again': 'Réessayer',
  'reported.kept': '{count, plural, one {# rapport publié se lit sans connexion} other {# rapports publiés se lisent sans connexion}}',
  'reported.keptNote': 'Prend {size}. Si le serveur répond en dix secondes, vous voyez le rapport dans son état actuel ; sinon la page gardée ici, qui le dit.',
}
