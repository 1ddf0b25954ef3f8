import type { Draft, LocalEntry, SyncState } from '#device/device.ts'
import type { MemberId } from '#domain/ids.ts'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { questionsIn } from '#volunteer/entries/standing.ts'
import type { AskedQuestion } from '#volunteer/entries/standing.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

interface Home {
  readonly entries: readonly LocalEntry[] | undefined
  readonly drafts: readonly Draft[]
  readonly questions: readonly AskedQuestion[]
  readonly sync: SyncState | undefined
  readonly nameOf: (member: MemberId) => string
}

export function useHome(): Home {
  const device = useDevice()
  const entries = useWatch(device.entries)
  return { entries, drafts: useWatch(device.drafts) ?? [], questions: questionsIn(entries ?? []), sync: useWatch(device.sync), nameOf: useMemberName() }
}

/** The name of a member as far as this phone has heard it. */
export function useMemberName(): (member: MemberId) => string {
  const { say } = useWords()
  const names = useWatch(useDevice().memberNames)
  return (member) => names?.get(member) ?? say('someone')
}
