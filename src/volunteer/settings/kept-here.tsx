import { Link } from 'wouter'
import type { StorageHealth, SyncState } from '#device/device.ts'
import { ButtonLink } from '#ui/button/button.tsx'
import { Row, Rows } from '#ui/rows/rows.tsx'
import { sayCounts } from '#volunteer/counts.ts'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { installWayOf } from '#volunteer/install/install-way.ts'
import { sayLastContact } from '#volunteer/home/kept-words.ts'
import { KeptReports } from '#volunteer/reports/kept-reports.tsx'
import { silenceMs } from '#volunteer/silence.ts'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'
import type { Words } from '#volunteer/words.ts'

/** Without contact for longer than this, and with something waiting, a person should look for another way. */
export const longSilenceMs = 3 * 86_400_000

interface KeptHereProps {
  readonly health: StorageHealth | undefined
  readonly sync: SyncState | undefined
}

/** What is kept on this phone, when it was last in touch, what might take it away, and at each what to do. */
export function KeptHere({ health, sync }: KeptHereProps) {
  const { ground, words } = useVolunteering()
  const { say, format } = words
  const device = useDevice()
  const entries = useWatch(device.entries)
  const files = useWatch(device.keptFiles)
  const unfinished = (useWatch(device.drafts)?.length ?? 0) + (useWatch(device.begun)?.length ?? 0)
  if (entries === undefined || files === undefined || sync === undefined) return null
  const way = installWayOf(ground.browsing())
  return (
    <Rows label={say('health.kept')}>
      <Row note={say('health.room', { size: format.bytes(files.bytes), drafts: unfinished })}>{entries.length + files.photos + files.voices === 0 ? say('health.nothing') : say('health.here', { what: sayCounts(words, { ...files, entries: entries.length }) })}</Row>
      <KeptReports />
      <Row note={sayWhatToDo(words, sync, ground.now())}>{sayLastContact(words, sync.lastContactAt, ground.now())}</Row>
      {way === 'installed' ? null : (
        <Row note={say(way === 'ios' ? 'health.ios' : way === 'inside' ? 'health.inside' : health?.persisted === true ? 'health.installNice' : 'health.install')} action={<Link href="/install" asChild><ButtonLink>{say('health.installHow')}</ButtonLink></Link>}>
          {say('installing.heading')}
        </Row>
      )}
    </Rows>
  )
}

function sayWhatToDo({ say }: Words, { lastContactAt, pendingChanges, pendingFiles }: SyncState, nowMs: number): string {
  if (pendingChanges + pendingFiles === 0) return say('health.nothingWaits')
  const isLong = lastContactAt === null || silenceMs(lastContactAt, nowMs) > longSilenceMs
  return say(isLong ? 'health.longSilence' : 'health.byItself')
}
