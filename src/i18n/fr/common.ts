import type { CommonMessages } from '#i18n/load.ts'

export const common: CommonMessages = {
  'app.name': 'Terrain',
  'app.opening': 'Ouverture …',
  'update.ready': 'Une nouvelle version est prête.',
  'update.now': 'Ouvrir la nouvelle version',
  'update.later': 'Plus tard',
  'update.waits': 'Ce que vous écrivez est gardé. La nouvelle version attend que vous ayez fini.',
  'offline.ready': 'Terrain s’ouvre maintenant aussi sans connexion.',
  'failure.title': 'Terrain s’est arrêté ici',
  'failure.safe': 'Ce que vous avez enregistré est toujours sur ce téléphone. Rien n’a été supprimé.',
  'failure.do': 'Rouvrez Terrain. S’il s’arrête encore, enregistrez ce qui n’est pas envoyé dans un fichier et donnez-le à votre coordination.',
  'failure.again': 'Rouvrir',
  'failure.saveFile': 'Enregistrer tout ce qui n’est pas envoyé',
  'failure.details': 'Détails pour ceux qui réparent',
  'failure.closed': 'Le téléphone a fermé le stockage de Terrain. Rouvrez Terrain ; ce que vous avez enregistré est toujours là.',
  'install.title': 'Gardez Terrain sur ce téléphone',
  'install.text': 'Il s’ouvre alors comme les autres applications, et le téléphone garde mieux ses données.',
  'install.now': 'Installer',
  'install.later': 'Pas maintenant',
}
