import type { AuditLine } from '#protocol/audit.ts'
import type { SettingWords } from '#coordinator/campaign/setting-words.ts'
import type { DeskKey, DeskWords } from '#coordinator/desk-words.ts'

/** Acts on entries by the names that the server knows them under, in the order of the filter. */
export const entryActs = {
  record: 'audit.act.record', revise: 'audit.act.revise', correct: 'audit.act.correct', decide: 'audit.act.decide', comment: 'audit.act.comment', link: 'audit.act.link', unlink: 'audit.act.unlink',
  withdraw: 'audit.act.withdraw', release: 'audit.act.release', erase: 'audit.act.erase', fileStored: 'audit.act.fileStored',
} as const satisfies Readonly<Record<string, DeskKey>>

export const campaignActWords = {
  'campaign.changed': 'audit.act.campaignChanged', 'campaign.made': 'audit.act.campaignMade', 'invite.made': 'audit.act.inviteMade', 'invite.removed': 'audit.act.inviteRemoved', 'member.joined': 'audit.act.memberJoined',
  'member.role': 'audit.act.memberRole', 'member.ended': 'audit.act.memberEnded', 'member.erased': 'audit.act.memberErased', 'member.exported': 'audit.act.memberExported', 'member.setAside': 'audit.act.memberSetAside', 'member.released': 'audit.act.memberReleased', 'device.added': 'audit.act.deviceAdded', 'device.lost': 'audit.act.deviceLost',
  'aside.settle': 'audit.act.asideSettle', 'aside.reopen': 'audit.act.asideReopen', 'pair.parted': 'audit.act.pairParted', 'pair.reopened': 'audit.act.pairReopened', 'entry.assigned': 'audit.act.entryAssigned', 'entry.givenBack': 'audit.act.entryGivenBack', 'file.imported': 'audit.act.fileImported', 'file.exported': 'audit.act.fileExported', 'audit.exported': 'audit.act.auditExported',
  'report.exported': 'audit.act.reportExported', 'report.partWritten': 'audit.act.reportPartWritten', 'report.confidence': 'audit.act.reportConfidence', 'report.partRemoved': 'audit.act.reportPartRemoved', 'report.published': 'audit.act.reportPublished', 'report.corrected': 'audit.act.reportCorrected',
} as const satisfies Readonly<Record<string, DeskKey>>

const verdictWords = { approve: 'audit.verdict.approve', askBack: 'audit.verdict.askBack', reject: 'audit.verdict.reject', reopen: 'audit.verdict.reopen' } as const
const linkWords = { answers: 'links.answers', updateOf: 'links.updateOf', sameAs: 'links.sameAs', duplicateOf: 'links.duplicateOf' } as const
const allActs: Readonly<Record<string, DeskKey>> = { ...entryActs, ...campaignActWords, translate: 'audit.act.translate', unreadable: 'audit.act.unreadable' }

/** What was done. An act that this version does not know is shown as the server calls it. */
export function actText({ act, verdict }: Pick<AuditLine, 'act' | 'verdict'>, { say }: Pick<DeskWords, 'say'>): string {
  if (verdict !== null) return say(verdictWords[verdict])
  const key = Object.hasOwn(allActs, act) ? allActs[act] : undefined
  return key === undefined ? act : say(key)
}

const formatNames: Readonly<Record<string, string>> = { csv: 'CSV', hxl: 'HXL', json: 'JSON', jsonl: 'JSON Lines', geojson: 'GeoJSON', html: 'HTML', docx: 'DOCX', pdf: 'PDF', bundle: '.terrain', table: '' }

/** Who joins does it to nobody else. */
function subjectText({ act, subject, by }: AuditLine, { label }: Pick<DeskWords, 'label'>): string {
  if (subject === null || subject === by?.name) return ''
  if (act === 'report.partWritten' || act === 'report.confidence') return label('topic', subject)
  return (act.startsWith('file.') || act.startsWith('audit.') || act === 'report.exported') && Object.hasOwn(formatNames, subject) ? (formatNames[subject] ?? '') : subject
}

/** To what or whom, in a row of facts. */
export function actFacts(line: AuditLine, words: DeskWords, settings: SettingWords): string {
  const fields = line.fields.map((field) => (line.entryId === null ? settings.name(field) : words.field(field)))
  return words.dots([
    subjectText(line, words),
    line.role === null ? '' : words.say(`people.${line.role}`),
    line.linkKind === null || !Object.hasOwn(linkWords, line.linkKind) ? '' : words.say(linkWords[line.linkKind as keyof typeof linkWords]),
    fields.length === 0 ? '' : words.list(fields),
    line.count === null ? '' : words.say('audit.count', { count: line.count }),
    line.erased ? words.say('audit.erased') : '',
  ])
}
