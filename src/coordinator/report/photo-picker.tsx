import { useEffect, useRef, useState } from 'react'
import type { CitedPhoto } from '#domain/written-report.ts'
import type { Picturable } from '#protocol/written-report.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { holdsWords } from '#coordinator/report/holds-words.ts'
import { OlderLeft } from '#coordinator/report/older-left.tsx'
import pickers from '#coordinator/report/pickers.module.css'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import { Button } from '#ui/button/button.tsx'
import { Dialog } from '#ui/dialog/dialog.tsx'
import { Note } from '#ui/note/note.tsx'
import { Ref } from '#ui/ref/ref.tsx'
import { TextInput } from '#ui/text-input/text-input.tsx'

interface PhotoPickerProps {
  readonly taken: readonly CitedPhoto[]
  readonly onPick: (photo: CitedPhoto) => void
  readonly onClose: () => void
}

/** All photos that may be published, small; one of them, whole. It can be taken only from there, by whoever has seen it. */
export function PhotoPicker({ taken, onPick, onClose }: PhotoPickerProps) {
  const { say } = useWriting()
  const [open, setOpen] = useState<Picturable | null>(null)
  const [seen, setSeen] = useState<string | null>(null)
  const [typed, setTyped] = useState('')
  const isTaken = ({ photo }: Picturable) => taken.some((one) => one.photo === photo)
  const take = ({ citation: { entryId, revision, contentHash }, photo }: Picturable) => onPick({ entryId, revision, contentHash, photo })
  return (
    <Dialog look="wide" title={say('write.photoPick.title')} closeLabel={say('write.pick.close.dialog')} onClose={onClose} actions={open === null ? undefined : (
      <>
        <Button onClick={() => {
          setSeen(open.photo)
          setOpen(null)
        }}>{say('write.photoPick.back')}</Button>
        <Button look="main" icon="photo" isDisabled={isTaken(open)} onClick={() => take(open)}>{say('write.photoPick.take', { ref: open.ref })}</Button>
      </>
    )}
    >
      {open === null ? <Small isTaken={isTaken} seen={seen} typed={typed} onType={setTyped} onOpen={setOpen} /> : <Whole one={open} />}
    </Dialog>
  )
}

const [smallWidth, wholeWidth, mostShown] = [320, 960, 40] as const

interface SmallProps {
  readonly isTaken: (one: Picturable) => boolean
  /** The one that was looked at last, where the keyboard goes on. */
  readonly seen: string | null
  readonly typed: string
  readonly onType: (typed: string) => void
  readonly onOpen: (one: Picturable) => void
}

function Small({ isTaken, seen, typed, onType, onOpen }: SmallProps) {
  const { device, words } = useDesk()
  const { state, say } = useWriting()
  const last = useRef<HTMLButtonElement>(null)
  useEffect(() => last.current?.focus(), [])
  const photos = state.evidence?.photos ?? null
  const found = (photos ?? []).filter((one) => holdsWords(`${one.caption ?? ''} ${one.ref} ${words.code('topic', one.topic)}`, typed))
  return (
    <>
      <p>{say('write.photoPick.lead')}</p>
      <TextInput label={say('write.photoPick.search')} type="search" autoComplete="off" value={typed} onChange={onType} />
      <p role="status" className={pickers.quiet}>{photos === null ? say('write.numberPick.waiting') : photos.length === 0 ? say('write.photoPick.empty') : found.length === 0 ? say('write.photoPick.none') : found.length > mostShown ? say('write.numberPick.more', { count: mostShown }) : ''}</p>
      <OlderLeft count={state.evidence?.older?.photos ?? 0} />
      <ul className={pickers.photos}>
        {found.slice(0, mostShown).map((one) => (
          <li key={one.photo}>
            <button type="button" ref={one.photo === seen ? last : undefined} aria-label={say('write.photoPick.whole', { ref: one.ref })} onClick={() => onOpen(one)}>
              <img src={device.api.fileUrl(one.photo, smallWidth)} width={one.width} height={one.height} loading="lazy" decoding="async" alt={one.caption ?? ''} />
            </button>
            <p><Ref value={one.ref} /> <span className={pickers.quiet}>{isTaken(one) ? say('write.photoPick.taken') : words.code('topic', one.topic)}</span></p>
          </li>
        ))}
      </ul>
    </>
  )
}

function Whole({ one: { photo, width, height, caption, lang, ref, topic } }: { readonly one: Picturable }) {
  const { device, words } = useDesk()
  const { say } = useWriting()
  const figure = useRef<HTMLElement>(null)
  // What was pressed is gone: the keyboard and what reads aloud go on at the photo.
  useEffect(() => figure.current?.focus(), [])
  return (
    <>
      <Note tone="ask">{say('write.photoPick.look')}</Note>
      <figure ref={figure} tabIndex={-1} className={pickers.seen}>
        <img src={device.api.fileUrl(photo, wholeWidth)} width={width} height={height} decoding="async" alt={caption ?? ref} />
        <figcaption>{caption === null ? null : <p lang={lang} dir="auto">{caption}</p>}<Ref value={ref} /> <span className={pickers.quiet}>{words.code('topic', topic)}</span></figcaption>
      </figure>
    </>
  )
}
