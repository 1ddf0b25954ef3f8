import type { deskSecond as english } from '#i18n/en/desk-second.ts'

export const deskSecond: { readonly [Key in keyof typeof english]: string } = {
  'queue.view.second': 'Pour une seconde lecture',
  'queue.empty.second': 'Rien n’attend votre seconde lecture.',
  'queue.facet.second': 'Seconde lecture',
  'facetCode.second.me': 'M’attend',
  'facetCode.second.wanted': 'Attend une seconde personne',
  'facetCode.second.agreed': 'Même verdict des deux',
  'facetCode.second.differed': 'Verdicts différents',
  'second.title': 'Vous lisez ceci en second.',
  'second.text': 'Une personne a déjà décidé. Ce qu’elle a dit est montré après votre propre verdict. Le même verdict confirme le sien ; un autre laisse la fiche contestée jusqu’à ce que quelqu’un tranche.',
  'history.agreed': 'seconde lecture, même verdict',
  'bulk.why.second': 'attend une seconde personne, qui la lit seule',
  'campaign.second': 'Sur cent fiches décidées, tant sont lues par une seconde personne',
  'campaign.secondHint': 'Lesquelles est calculé avec une clé du serveur, pour que personne ne choisisse. Les citations approuvées dans les fiches de sensibilité élevée le sont toujours. D’ici là, une fiche compte comme elle a été décidée.',
  'campaign.secondRange': 'Un nombre entier de 0 à 100.',
  'campaign.setting.secondReading': 'Seconde lecture, sur cent',
  'campaign.secondSoFar': '{count, plural, =0 {Aucune fiche n’a encore été lue par deux personnes.} one {# fiche a été lue par deux personnes, {agreed, number} avec le même verdict.} other {# fiches ont été lues par deux personnes, {agreed, number} avec le même verdict.}}',
  'campaign.secondShare': 'Les deux sont d’accord {percent, number} fois sur cent.',
  'campaign.secondWaiting': '{count, plural, =0 {Aucune n’attend.} one {# attend une seconde personne.} other {# attendent une seconde personne.}}',
}
