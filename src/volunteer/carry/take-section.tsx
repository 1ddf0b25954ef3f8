import { useEffect, useState } from 'react'
import type { CarriedElsewhere } from '#device/campaigns-here.ts'
import type { CarryOutcome, ChosenFile } from '#device/handing-over.ts'
import { apart } from '#i18n/apart.ts'
import { FileButton } from '#ui/file-button/file-button.tsx'
import { Note } from '#ui/note/note.tsx'
import { Section } from '#ui/page/page.tsx'
import styles from '#volunteer/carry/carry.module.css'
import { CarriedList } from '#volunteer/carry/carried-list.tsx'
import { useDevice } from '#volunteer/device-context.tsx'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

type Taking = { readonly phase: 'idle' | 'taking' } | { readonly phase: 'done'; readonly outcome: CarryOutcome | 'failed'; readonly campaign?: string }

/** Takes another phone's file along. No kind is asked of the picker: phones know no file that ends in .terrain, and would grey it out. */
export function TakeSection() {
  const { ground: { openedFile }, words: { say } } = useVolunteering()
  const device = useDevice()
  const [state, setState] = useState<Taking>({ phase: 'idle' })

  async function take(file: File): Promise<void> {
    setState({ phase: 'taking' })
    const { chosenFile } = await import('#device/media/file-of.ts')
    // A memory card that was taken out, a file of a cloud that is out of reach: to the person all the same.
    const outcome = await device.carry(chosenFile(file)).catch((): 'failed' => 'failed')
    const elsewhere = outcome === 'other-campaign' ? await takeElsewhere(chosenFile(file)) : null
    setState(elsewhere === null ? { phase: 'done', outcome } : { phase: 'done', outcome: elsewhere.outcome, campaign: elsewhere.campaign.name })
  }

  /** A phone is in several campaigns, and the person need not know which one a file is for. */
  async function takeElsewhere(file: ChosenFile): Promise<CarriedElsewhere | null> {
    try {
      const here = await device.openCampaigns()
      const taken = await here.carry(file)
      if (taken?.outcome === 'taken') void here.sendWaiting().catch(() => undefined)
      return taken
    } catch {
      return null
    }
  }

  // What the system opened with Terrain needs no second choice.
  useEffect(() => {
    const takeOpened = (): void => {
      const file = openedFile?.get() ?? null
      if (file === null) return
      openedFile?.set(null)
      void take(file)
    }
    takeOpened()
    return openedFile?.subscribe(takeOpened)
  })

  const isTaking = state.phase === 'taking'
  return (
    <Section title={say('carry.others')}>
      <p className={styles.quiet}>{say('carry.othersText')}</p>
      <FileButton icon="file" isDisabled={isTaking} onFiles={([file]) => void take(file)}>{say(isTaking ? 'carry.taking' : 'carry.choose')}</FileButton>
      <div role="status">
        {state.phase === 'done' ? <Outcome {...state} /> : null}
      </div>
      <CarriedList />
    </Section>
  )
}

function Outcome({ outcome, campaign }: { readonly outcome: CarryOutcome | 'failed'; readonly campaign?: string }) {
  const { words: { say, locale } } = useVolunteering()
  const said = say(outcome === 'taken' ? (campaign === undefined ? 'carry.taken' : 'carry.takenElsewhere') : `carry.outcome.${outcome}`)
  return <Note tone={toneOf(outcome)}>{campaign === undefined ? said : <><p>{say('carry.elsewhere', { campaign: apart(locale, campaign) })}</p><p>{said}</p></>}</Note>
}

function toneOf(outcome: CarryOutcome | 'failed'): 'done' | 'plain' | 'ask' {
  if (outcome === 'taken') return 'done'
  return outcome === 'own' || outcome === 'known' || outcome === 'delivered' ? 'plain' : 'ask'
}
