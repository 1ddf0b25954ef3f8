import { useState } from 'react'
import { Link } from 'wouter'
import { Button, ButtonLink } from '#ui/button/button.tsx'
import { Note } from '#ui/note/note.tsx'
import { restMs, riskOf } from '#volunteer/carry/risk.ts'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { keepWish, unkeptWish } from '#volunteer/keep-wish.ts'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

/** One calm line when entries are only here for too long, with the way out; how many and since when stands above it. Put away it rests for some days. */
export function AtRisk() {
  const { ground, words } = useVolunteering()
  const { say } = words
  const device = useDevice()
  const sync = useWatch(device.sync)
  const health = useWatch(device.health)
  const preferences = useWatch(device.preferences)
  // A full phone keeps it nowhere else.
  const [putAwayUntil, setPutAwayUntil] = useState(unkeptWish(device).riskRestsUntil ?? null)
  if (sync === undefined || preferences === undefined) return null
  const risk = riskOf({ sync, health, restUntilMs: putAwayUntil ?? preferences.riskRestsUntil, nowMs: ground.now() })
  if (risk === null) return null
  const handleLater = () => {
    const until = ground.now() + restMs
    setPutAwayUntil(until)
    void keepWish(device, { riskRestsUntil: until })
  }
  return (
    <Note
      tone="ask"
      live="status"
      actions={<>
        <Link href="/carry" asChild><ButtonLink icon="share">{say('risk.open')}</ButtonLink></Link>
        <Button look="plain" onClick={handleLater}>{say('risk.later')}</Button>
      </>}
    >
      {say(`risk.${risk}`, { entries: sync.pendingEntries })}
    </Note>
  )
}
