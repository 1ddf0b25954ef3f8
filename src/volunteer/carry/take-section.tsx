import { useEffect, useState } from 'react'
import type { CarryOutcome } from '#device/handing-over.ts'
import { FileButton } from '#ui/file-button/file-button.tsx'
import { Note } from '#ui/note/note.tsx'
import { Section } from '#ui/page/page.tsx'
import styles from '#volunteer/carry/carry.module.css'
import { CarriedList } from '#volunteer/carry/carried-list.tsx'
import { useDevice } from '#volunteer/device-context.tsx'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

type Taking = { readonly phase: 'idle' | 'taking' } | { readonly phase: 'done'; readonly outcome: CarryOutcome | 'failed' }

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
    setState({ phase: 'done', outcome })
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
        {state.phase === 'done' ? <Note tone={toneOf(state.outcome)}>{say(state.outcome === 'taken' ? 'carry.taken' : `carry.outcome.${state.outcome}`)}</Note> : null}
      </div>
      <CarriedList />
    </Section>
  )
}

function toneOf(outcome: CarryOutcome | 'failed'): 'done' | 'plain' | 'ask' {
  if (outcome === 'taken') return 'done'
  return outcome === 'own' || outcome === 'known' || outcome === 'delivered' ? 'plain' : 'ask'
}
