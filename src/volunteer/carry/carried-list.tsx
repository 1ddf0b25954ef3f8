import { useState } from 'react'
import type { CarriedBundle } from '#device/handing-over.ts'
import { Button } from '#ui/button/button.tsx'
import { ConfirmDialog } from '#ui/dialog/dialog.tsx'
import { Row, Rows } from '#ui/rows/rows.tsx'
import styles from '#volunteer/carry/carry.module.css'
import { sayCounts } from '#volunteer/counts.ts'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'
import type { Words } from '#volunteer/words.ts'

/** Each file that is carried for somebody, and where it is on its way. */
export function CarriedList() {
  const { ground, words } = useVolunteering()
  const { say } = words
  const device = useDevice()
  const [asked, setAsked] = useState<CarriedBundle | null>(null)
  const carried = useWatch(device.carried)
  if (carried === undefined || carried.length === 0) return null
  const drop = (bundle: CarriedBundle) => {
    setAsked(null)
    void device.dropCarried(bundle.id)
  }
  // What has arrived may go at a tap; what has not is somebody's only copy on the way.
  const handleDrop = (bundle: CarriedBundle) => (bundle.state === 'delivered' ? drop(bundle) : setAsked(bundle))
  return (
    <>
      <Rows label={say('carry.list')}>
        {carried.toSorted((a, b) => (a.takenAt < b.takenAt ? 1 : -1)).map((bundle) => (
          <Row key={bundle.id} note={stateWords(words, bundle, ground.now())} action={<Button look="plain" aria-label={say('carry.dropLabel', { what: itemWords(words, bundle) })} onClick={() => handleDrop(bundle)}>{say('carry.drop')}</Button>}>
            {itemWords(words, bundle)}
          </Row>
        ))}
      </Rows>
      {carried.some(({ state }) => state === 'held') ? <div className={styles.act}><Button onClick={() => void device.flush({ allPhotos: true })}>{say('carry.sendAll')}</Button></div> : null}
      {asked === null ? null : (
        <ConfirmDialog title={say('carry.dropTitle')} cancelLabel={say('cancel')} confirmLabel={say('carry.dropConfirm')} isHarmful onCancel={() => setAsked(null)} onConfirm={() => drop(asked)}>{say('carry.dropText')}</ConfirmDialog>
      )}
    </>
  )
}

function itemWords(words: Words, { entries, photos, voices }: CarriedBundle): string {
  return sayCounts(words, { entries, photos, voices })
}

const refusals = ['bundle-broken', 'bundle-foreign', 'bundle-newer', 'incomplete'] as const

function stateWords({ say, format }: Words, { state, bytes, sentBytes, takenAt, answer, problem }: CarriedBundle, nowMs: number): string {
  const [size, sent] = [format.bytes(bytes), format.bytes(sentBytes)]
  switch (state) {
    case 'delivered':
      if (problem === 'restored') return say('carry.state.restored')
      return answer === null || answer.refused === 0 ? say('carry.state.delivered') : say('carry.state.deliveredAside', { refused: answer.refused })
    case 'refused':
      return say(`carry.state.${refusals.find((one) => one === problem) ?? 'refused'}`)
    case 'held':
      return say('carry.state.held', { sent, size })
    case 'waiting':
      return sentBytes > 0 ? say('carry.state.sending', { sent, size }) : say('carry.state.waiting', { size, when: format.ago(takenAt, nowMs) })
  }
}
