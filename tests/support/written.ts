import type { Sha256 } from '#domain/ids.ts'
import type { Citation, WrittenFinding, WrittenSentence } from '#domain/written-report.ts'
import { deskIds } from './desk-entries.ts'

/** What coordinators wrote, with ids that a test can name. */
export const aCitation = (entry: number, revision = entry * 100): Citation => ({ entryId: deskIds.entry(entry), revision: deskIds.change(revision), contentHash: 'a'.repeat(64) as Sha256 })

export const aSentence = (number: number, more: Partial<WrittenSentence> = {}): WrittenSentence => ({ id: deskIds.question(2000 + number), text: 'Wells are dry.', lang: 'en', cites: [], figures: {}, ...more })

export const aFinding = (number: number, more: Partial<WrittenFinding> = {}): WrittenFinding => ({ kind: 'finding', id: deskIds.question(3000 + number), question: 1, topic: null, sentences: [aSentence(number)], quotes: [], against: [], ...more })
