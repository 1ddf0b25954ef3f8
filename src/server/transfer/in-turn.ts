import { setTimeout as wait } from 'node:timers/promises'
import type { CampaignId } from '#domain/ids.ts'
import { takeTurn } from '#server/backup/turn.ts'
import type { Every, Turn } from '#server/backup/turn.ts'
import type { ServerContext } from '#server/context.ts'
import { ProblemError } from '#server/http/problem-error.ts'

type Ground = Pick<ServerContext, 'store' | 'clock' | 'isStopping'>

const lasts = new WeakMap<object, Map<CampaignId, Promise<unknown>>>()

/**
 * One behind the other, for each campaign, whichever process it comes to: what looks first for what is here, and writes then, would not see what another one is about to write. Within a process
 * they stand in order; beside others (more of them on one PostgreSQL, a command beside a server) by a lease in the database. `act` asks before it writes whether the turn is its own still.
 */
export async function inTurn<Done>(ground: Ground, campaign: CampaignId, act: (refuseWhenLost: () => Promise<void>) => Promise<Done>): Promise<Done> {
  const turns = lasts.get(ground) ?? new Map<CampaignId, Promise<unknown>>()
  lasts.set(ground, turns)
  const before = turns.get(campaign) ?? Promise.resolve()
  const alone = () => withLease(ground, campaign, act)
  const mine = before.then(alone, alone)
  // How the one before ended is for whoever asked for it.
  const ended = mine.catch(() => undefined)
  turns.set(campaign, ended)
  try {
    return await mine
  } finally {
    if (turns.get(campaign) === ended) turns.delete(campaign)
  }
}

/** So long after a process was killed with a table nobody else brings one into its campaign. */
const leaseMs = 20_000
const askEveryMs = 250
/** Less than a desk waits for its answer. */
const patienceMs = 240_000

const every: Every = (ms, run) => {
  const timer = setInterval(run, ms).unref()
  return () => clearInterval(timer)
}

async function withLease<Done>(ground: Ground, campaign: CampaignId, act: (refuseWhenLost: () => Promise<void>) => Promise<Done>): Promise<Done> {
  const turn = await leaseOf(ground, campaign)
  try {
    return await act(async () => {
      if (!(await turn.isOurs())) throw new ProblemError('unavailable')
    })
  } finally {
    // A connection that broke is another one the second time. A database that stays away lets it end by its time, and what was stored is.
    await turn.end().catch(() => turn.end()).catch(() => undefined)
  }
}

async function leaseOf({ store, clock, isStopping }: Ground, campaign: CampaignId): Promise<Turn> {
  for (let waited = 0; waited <= patienceMs && isStopping?.() !== true; waited += askEveryMs) {
    // Under the name of the campaign it goes with it when all of it is erased.
    const turn = await takeTurn({ store, clock, every }, { id: `${campaign}.tables`, lastsMs: leaseMs })
    if (turn !== null) return turn
    await wait(askEveryMs)
  }
  throw new ProblemError('unavailable')
}
