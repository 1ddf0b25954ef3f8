import { Link } from 'wouter'
import { ButtonLink } from '#ui/button/button.tsx'
import { Note } from '#ui/note/note.tsx'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { InReport } from '#volunteer/entries/in-report.tsx'
import { SharedWaiting } from '#volunteer/shared/shared-waiting.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** What most phones never say, behind the first frame. */
export function QuietLines() {
  return (
    <>
      <SharedWaiting />
      <LeftWaiting />
      <InReport />
    </>
  )
}

/** Words on an entry that is not here have no row of their own: this line leads to them. */
function LeftWaiting() {
  const { say } = useWords()
  const device = useDevice()
  const here = useWatch(device.firstLook)?.begun
  const begun = useWatch(device.begun)
  const left = here === undefined ? undefined : begun?.find(({ entryId, fields, comment }) => (comment !== '' || Object.keys(fields).length > 0) && !here.some(({ state }) => state.id === entryId))
  if (left === undefined) return null
  return <Note tone="ask" icon="edit" actions={<Link href={`/entry/${left.entryId}`} asChild><ButtonLink>{say('shared.look')}</ButtonLink></Link>}>{say('left.home')}</Note>
}
