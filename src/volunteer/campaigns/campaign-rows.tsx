import type { CampaignHere } from '#device/campaigns-here.ts'
import { openCampaign } from '#device/media/chosen-database.ts'
import { apart } from '#i18n/apart.ts'
import { Button } from '#ui/button/button.tsx'
import { Row, Rows } from '#ui/rows/rows.tsx'
import styles from '#volunteer/campaigns/campaigns.module.css'
import { filesByKind, sayCounts } from '#volunteer/counts.ts'
import { sayLastContact } from '#volunteer/home/kept-words.ts'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'
import type { Words } from '#volunteer/words.ts'

interface CampaignRowsProps {
  readonly rows: readonly CampaignHere[]
  /** Where one is opened. */
  readonly pathFor: (row: CampaignHere) => string
}

/** Each campaign of this browser with who one is in it and what waits there, and the way to it. */
export function CampaignRows({ rows, pathFor }: CampaignRowsProps) {
  const { ground, words } = useVolunteering()
  const { say } = words
  const open = ground.openCampaign ?? openCampaign
  return (
    <Rows label={say('campaigns.here')}>
      {rows.map((row) => (
        <Row
          key={row.database}
          note={<CampaignNote row={row} />}
          action={row.isOpen ? <span className={styles.open}>{say('campaigns.openNow')}</span> : <Button aria-label={say('campaigns.openOne', { campaign: apart(words.locale, row.campaign.name) })} onClick={() => open(row.database, pathFor(row))}>{say('campaigns.open')}</Button>}
        >
          <b dir="auto" className={styles.name}>{row.campaign.name}</b>
        </Row>
      ))}
    </Rows>
  )
}

function CampaignNote({ row }: { readonly row: CampaignHere }) {
  const { ground, words } = useVolunteering()
  const { say } = words
  return (
    <>
      <span className={styles.line}>{say(`campaigns.${row.member.role}`, { name: apart(words.locale, row.member.name) })}</span>
      <span className={styles.line}>{standing(words, row)}</span>
      {row.lastContactAt === null ? null : <span className={styles.line}>{sayLastContact(words, row.lastContactAt, ground.now())}</span>}
      {row.isSignedOut ? <span className={styles.line}>{say('campaigns.signedOut')}</span> : null}
    </>
  )
}

/** What is still only here and what was begun, or that all of it has arrived. */
function standing(words: Words, { pendingEntries: entries, pendingFiles, pendingVoices, drafts, lastContactAt }: CampaignHere): string {
  const { say } = words
  const waits = entries + pendingFiles > 0
  return [
    waits ? say('kept.here', { what: sayCounts(words, { entries, ...filesByKind(pendingFiles, pendingVoices) }) }) : say(lastContactAt === null ? 'kept.nothingYet' : 'kept.none'),
    ...(drafts > 0 ? [say('campaigns.drafts', { count: drafts })] : []),
  ].join(' · ')
}
