import type { ActionContent, ChallengeContent } from '#domain/entry.ts'

/** A challenge that fits; name only what the test is about. */
export function aChallenge(about: Partial<ChallengeContent> = {}): ChallengeContent {
  return {
    kind: 'challenge', topic: 'EDU', severity: 3, populationGroup: ['GEN'], country: 'HTI', adm1Name: 'Ouest', placeName: 'Croix-des-Bouquets',
    observedOn: '2026-02-26', description: 'The teacher sends the lessons by phone. We have one phone for four children.', lang: 'en',
    sourceType: 'affected_person', consentBasis: 'verbal', ...about,
  }
}

/** An action that fits; name only what the test is about. */
export function anAction(about: Partial<ActionContent> = {}): ActionContent {
  return {
    kind: 'action', actionType: ['education'], topic: 'EDU', status: 'ongoing', startOn: '2026-02-01', populationGroup: ['GEN'], country: 'HTI', adm1Name: 'Sud',
    placeName: 'Les Cayes', observedOn: '2026-02-25', orgName: 'Fanm Vanyan', orgType: '504', reached: 'unknown',
    description: 'Stories on the radio, every evening at six, for the children at home.', lang: 'en', sourceType: 'direct_observation', consentBasis: 'no_person', noneListed: true, ...about,
  }
}
