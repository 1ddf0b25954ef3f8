import type { Draft, LocalEntry, SyncState } from '#device/device.ts'
import type { FirstLook } from '#device/first-look.ts'
import type { Instant, MemberId } from '#domain/ids.ts'
import { directionOf } from '#i18n/direction.ts'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { questionsIn, unreadIn } from '#volunteer/entries/standing.ts'
import type { AskedQuestion, UnreadComment } from '#volunteer/entries/standing.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

export interface BegunEntry {
  readonly entry: LocalEntry
  readonly at: Instant
}

interface Home {
  /** Undefined until the store has been looked at. */
  readonly look: FirstLook | undefined
  readonly drafts: readonly Draft[]
  /** Saved entries on which something was begun: an answer, a change, a comment. */
  readonly begun: readonly BegunEntry[]
  readonly questions: readonly AskedQuestion[]
  readonly unread: readonly UnreadComment[]
  readonly sync: SyncState | undefined
  readonly nameOf: (member: MemberId) => string
}

export function useHome(): Home {
  const device = useDevice()
  const look = useWatch(device.firstLook)
  // A reason alone, for an act that was not done, leaves the entry as it is.
  const begun = (useWatch(device.begun) ?? []).filter(({ fields, comment }) => Object.keys(fields).length > 0 || comment !== '').flatMap(({ entryId, updatedAt }) => {
    const entry = look?.begun.find(({ state }) => state.id === entryId)
    return entry === undefined ? [] : [{ entry, at: updatedAt }]
  })
  return { look, drafts: useWatch(device.drafts) ?? [], begun, questions: questionsIn(look?.asking ?? []), unread: unreadIn(look?.asking ?? []), sync: useWatch(device.sync), nameOf: useMemberName() }
}

/** The name of a member as far as this phone has heard it. */
export function useMemberName(): (member: MemberId) => string {
  const { say, locale } = useWords()
  const names = useWatch(useDevice().memberNames)
  return (member) => {
    const name = names?.get(member) ?? say('someone')
    // As `apart` does, which the first screen has no room for: the full stop of “Awa D.” would stand on the wrong side.
    return directionOf(locale) === 'rtl' ? `\u2068${name}\u2069` : name
  }
}
