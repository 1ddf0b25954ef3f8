import type { CampaignId } from '#domain/ids.ts'

const lasts = new WeakMap<object, Map<CampaignId, Promise<unknown>>>()

/**
 * One behind the other, for each campaign of a server: what looks first for what is here, and writes then, would not see what another one is about to write.
 * Of several processes each keeps its own turns.
 */
export async function inTurn<Done>(server: object, campaign: CampaignId, act: () => Promise<Done>): Promise<Done> {
  const turns = lasts.get(server) ?? new Map<CampaignId, Promise<unknown>>()
  lasts.set(server, turns)
  const before = turns.get(campaign) ?? Promise.resolve()
  const mine = before.then(act, act)
  // How the one before ended is for whoever asked for it.
  const ended = mine.catch(() => undefined)
  turns.set(campaign, ended)
  try {
    return await mine
  } finally {
    if (turns.get(campaign) === ended) turns.delete(campaign)
  }
}
