import { useEffect, useState } from 'react'
import { readKeptReports } from '#device/media/kept-reports.ts'
import type { KeptReport } from '#device/media/kept-reports.ts'
import { ButtonLink } from '#ui/button/button.tsx'
import { Row } from '#ui/rows/rows.tsx'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

/** Published reports that can be read without a connection, with the room that they take. */
export function KeptReports() {
  const { ground: { caches }, words: { say, format } } = useVolunteering()
  const [kept, setKept] = useState<readonly KeptReport[]>([])
  useEffect(() => {
    let isCurrent = true
    // A browser that refuses its caches has kept nothing there.
    if (caches !== undefined) void readKeptReports(caches).then((reports) => isCurrent && setKept(reports), () => undefined)
    return () => {
      isCurrent = false
    }
  }, [caches])
  const [latest] = kept
  if (latest === undefined) return null
  const size = format.bytes(kept.reduce((sum, { bytes }) => sum + bytes, 0))
  return <Row note={say('reported.keptNote', { size })} action={<ButtonLink href={latest.path}>{say('open')}</ButtonLink>}>{say('reported.kept', { count: kept.length })}</Row>
}
