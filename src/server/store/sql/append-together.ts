import type { CampaignId } from '#domain/ids.ts'
import type { Appended } from '#server/store/appended.ts'
import type { AppendRun, ChangeStore } from '#server/store/store.ts'
import { isUnavailable } from '#server/store/unavailable.ts'

interface Waiting {
  readonly run: AppendRun
  readonly answered: (answer: Appended | Promise<Appended>) => void
  readonly failed: (error: unknown) => void
}

/** Few enough that nobody waits long for others, and for the statements that are kept. */
const mostRuns = 16
const mostChanges = 500

/**
 * Runs that come while a transaction of their campaign is under way share the next one (group commit): the lock, the questions and the commit cost
 * as much for sixteen as for one. Nothing waits for others to come, and nothing is kept here but who waits for an answer.
 *
 *   alone ──► at once        while one commits ──► with the others that have nothing to do with it, in the order in which they came
 *
 * To each it is as if it had been alone: what shares a device, a change or an entry with one before it comes in a later transaction. When a
 * transaction fails by what one of them holds, each is tried by itself; when the database cannot be asked, all are told so.
 */
export function appendTogether(append: (campaign: CampaignId, runs: readonly AppendRun[]) => Promise<readonly Appended[]>, gather?: () => Promise<void>): ChangeStore['append'] {
  const waiting = new Map<CampaignId, Waiting[]>()
  const commit = async (campaign: CampaignId, group: readonly Waiting[]): Promise<void> => {
    try {
      const answers = await append(campaign, group.map(({ run }) => run))
      for (const [at, { answered }] of group.entries()) answered(answers[at] as Appended)
    } catch (error) {
      if (group.length === 1 || isUnavailable(error)) for (const { failed } of group) failed(error)
      else for (const one of group) await commit(campaign, [one])
    }
  }
  const work = async (campaign: CampaignId, queue: Waiting[]): Promise<void> => {
    while (queue.length > 0) {
      await gather?.()
      await commit(campaign, takeGroup(queue))
    }
    waiting.delete(campaign)
  }
  return (run) => new Promise<Appended>((answered, failed) => {
    const queue = waiting.get(run.campaignId)
    const one = { run, answered, failed }
    if (queue !== undefined) return void queue.push(one)
    const started = [one]
    waiting.set(run.campaignId, started)
    void work(run.campaignId, started)
  })
}

/** Takes out of the queue the first that waits, and with it what comes after and touches nothing of what stands before it, taken or not. */
function takeGroup(queue: Waiting[]): readonly Waiting[] {
  // Whoever is alone need not be compared with anybody, and a phone that sends what it holds mostly is.
  if (queue.length === 1) return queue.splice(0)
  const [touched, group, left]: [Set<string>, Waiting[], Waiting[]] = [new Set(), [], []]
  let changes = 0
  for (const one of queue) {
    const names = namesOf(one.run)
    const fits = group.length < mostRuns && (group.length === 0 || changes + one.run.changes.length <= mostChanges) && !names.some((name) => touched.has(name))
    for (const name of names) touched.add(name)
    if (fits) changes += one.run.changes.length
    ;(fits ? group : left).push(one)
  }
  queue.splice(0, queue.length, ...left)
  return group
}

/** Everything by which one run can have to do with another. */
function namesOf({ deviceId, changes }: AppendRun): readonly string[] {
  return [`device ${deviceId}`, ...changes.flatMap(({ id, entryId, changeHash, change }) => [
    `hash ${changeHash}`, ...(id === null ? [] : [`change ${id}`]), ...(entryId === null ? [] : [`entry ${entryId}`]), ...(change?.type === 'release' ? [`change ${change.body.change}`] : []),
  ])]
}
