import type { Change } from '#domain/change.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { ChangeId, MemberId } from '#domain/ids.ts'
import type { Role } from '#protocol/membership.ts'
import type { QuarantineReason } from '#protocol/problem.ts'
import type { JudgeContext } from '#server/store/store.ts'

/** The member and device whose key fits the seal: never the one who carried it. */
export interface ChangeAuthor {
  readonly memberId: MemberId
  readonly role: Role
  /** The server's own device of the campaign. */
  readonly isServer: boolean
  /** Whether the device was joined by an invite, or made with the key of one that was: not out of a session alone. */
  readonly isVouched: boolean
}

/** Who may do what, judged at receipt. Null: it may. What is forbidden is quarantined, never dropped. */
export function judgeChange(author: ChangeAuthor, change: Change, context: JudgeContext): QuarantineReason | null {
  if (change.type === 'record') return context.entryExists ? 'invalid' : null
  if (!context.entryExists) return change.type === 'erase' && mayEraseBeforehand(author, context) ? null : 'unknown-entry'
  if (!mayWrite(author, change, context)) return 'forbidden'
  if (change.type === 'decide') return judgeDecision(change.body, context)
  return null
}

function mayWrite(author: ChangeAuthor, change: Change, context: JudgeContext): boolean {
  const isAuthor = context.author === author.memberId
  const isCoordinator = author.role === 'coordinator'
  switch (change.type) {
    case 'record':
      return true
    case 'revise':
    case 'withdraw':
      return isAuthor
    case 'comment':
      return isAuthor || isCoordinator
    case 'unlink':
      return isCoordinator || (isAuthor && isAuthorsToSay(tieOf(context, change.body.link)))
    case 'erase':
      // Nobody brings it back; whoever stole a session could have made the device.
      return (isAuthor || isCoordinator) && author.isVouched
    case 'link':
      return isCoordinator || (isAuthor && isAuthorsToSay(change.body.kind))
    case 'decide':
    case 'correct':
    case 'release':
      return isCoordinator
    case 'fileStored':
      return author.isServer
  }
}

/** That two entries tell of one event is a coordinator's word alone: of one that its author could take back, both would count in the report. */
function isAuthorsToSay(kind: LinkKind | undefined): boolean {
  return kind === undefined || kind === 'answers' || kind === 'updateOf'
}

type LinkKind = EntryState['links'][number]['kind']

/** Of which kind the link is; none where the entry has none of that name, and to take it back does nothing. */
function tieOf({ entry }: JudgeContext, link: ChangeId): LinkKind | undefined {
  return entry?.links.find(({ change }) => change === link)?.kind
}

/**
 * An erasure may come before the words, by a courier, and after another one: it has nothing to do then, and a person who had to release it
 * would not know of what. What a volunteer erases beforehand is their own alone; see `EntryWork.isErasedFor`.
 */
function mayEraseBeforehand({ role, isVouched }: ChangeAuthor, { erasable }: JudgeContext): boolean {
  return isVouched && (erasable === 'own' || (erasable === 'gone' && role === 'coordinator'))
}

/** A verdict must name a revision of this entry and carry the hash of what was read. */
function judgeDecision(body: Extract<Change, { type: 'decide' }>['body'], context: JudgeContext): QuarantineReason | null {
  const hash = context.contentHashOf(body.revision)
  if (hash === null) return 'invalid'
  if (hash !== body.contentHash) return 'content-differs'
  if (body.verdict === 'askBack' && body.questions.length === 0) return 'invalid'
  if (body.verdict === 'reject' && (body.reason ?? '').trim() === '') return 'invalid'
  return null
}
