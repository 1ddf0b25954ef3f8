import { useState } from 'react'
import { besides } from '#domain/written-report.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { ClashNote } from '#coordinator/report/clash-note.tsx'
import { groundsOfPart, flagsOf, isOutsideDays } from '#coordinator/report/part-facts.ts'
import { KeptWord } from '#coordinator/report/kept-word.tsx'
import { RemoveDialog } from '#coordinator/report/remove-dialog.tsx'
import { SpokenSentence } from '#coordinator/report/spoken-sentence.tsx'
import styles from '#coordinator/report/report.module.css'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import type { WritingPart } from '#coordinator/report/writing-state.ts'
import { Button } from '#ui/button/button.tsx'
import { Chip } from '#ui/chip/chip.tsx'
import { IconButton } from '#ui/icon-button/icon-button.tsx'

interface PartViewProps {
  readonly one: WritingPart
  /** "Finding 2" */
  readonly name: string
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly onEdit: () => void
  readonly onMove: (by: -1 | 1) => void
}

/** A finding or priority as it reads, with what it rests on and what speaks against leaving it so. */
export function PartView({ one, name, isFirst, isLast, onEdit, onMove }: PartViewProps) {
  const { say } = useWriting()
  const { part } = one
  const { id } = part
  const [isRemoving, setRemoving] = useState(false)
  const isFlagged = flagsOf(useWriting().state, part).length > 0
  return (
    <article className={styles.part} data-flagged={isFlagged || one.standing === 'clash'} aria-label={name}>
      <div className={styles.words}>{part.sentences.map((sentence) => <Sentence key={sentence.id} one={one} sentence={sentence} />)}</div>
      <Facts one={one} />
      <ClashNote one={one} />
      <div className={styles.partFoot}>
        <Button id={`edit-${id}`} icon="edit" aria-label={say('write.part.editOf', { part: name })} onClick={onEdit}>{say('write.part.edit')}</Button>
        <IconButton id={`up-${id}`} icon="chevron-up" label={say('write.part.up', { part: name })} aria-disabled={isFirst || undefined} onClick={() => (isFirst ? undefined : onMove(-1))} />
        <IconButton id={`down-${id}`} icon="chevron-down" label={say('write.part.down', { part: name })} aria-disabled={isLast || undefined} onClick={() => (isLast ? undefined : onMove(1))} />
        <IconButton icon="bin" label={say('write.part.removeOf', { part: name })} onClick={() => setRemoving(true)} />
        <KeptWord one={one} />
      </div>
      {isRemoving ? <RemoveDialog id={id} onClose={() => setRemoving(false)} /> : null}
    </article>
  )
}

function Sentence({ one, sentence }: { readonly one: WritingPart; readonly sentence: WritingPart['part']['sentences'][number] }) {
  const { state, say } = useWriting()
  const { cites, figures } = sentence
  const isFlagged = flagsOf(state, one.part).some((flag) => flag.sentence === sentence.id)
  const numbers = Object.keys(figures).length
  return (
    <p className={styles.said}>
      <SpokenSentence sentence={sentence} isMarked={isFlagged} isLinked />{' '}
      {cites.length === 0 ? null : <Chip icon="link">{say('write.rests', { count: cites.length })}</Chip>}{' '}
      {numbers === 0 ? null : <Chip icon="figure">{say('write.numbers', { count: numbers })}</Chip>}{' '}
      {cites.length + numbers === 0 ? <Chip tone="ask" icon="warning">{say('report.unsupported')}</Chip> : null}{' '}
      {isOutsideDays(state, sentence) ? <Chip tone="ask" icon="warning">{say('write.check.outside')}</Chip> : null}{' '}
      {isFlagged ? <Chip tone="ask" icon="warning">{say('write.flag.title')}</Chip> : null}
    </p>
  )
}

function Facts({ one }: { readonly one: WritingPart }) {
  const { words } = useDesk()
  const { state, say } = useWriting()
  const { part } = one
  const grounds = groundsOfPart(state, part)
  const topic = part.topic === null ? [] : [words.code('topic', part.topic)]
  const who = part.kind === 'priority' ? [words.label('horizon', part.horizon), words.list(part.addressees.map((code) => words.label('addressee', code)))] : []
  return (
    <>
      <p className={styles.facts}>
        {words.dots([...topic, ...(grounds === null || grounds.entries === 0 ? [] : [say(`report.confidence.${grounds.confidence}`), ...(grounds.confidence === grounds.computed ? [] : [say('report.confidence.lowered')])]), ...who])}
      </p>
      {besides(part).length === 0 ? null : (
        <p className={styles.chips}>
          {part.quotes.length === 0 ? null : <Chip icon="quotation">{say('write.quotes')}: {words.number(part.quotes.length)}</Chip>}
          {part.photos === undefined ? null : <Chip icon="photo">{say('write.photos')}: {words.number(part.photos.length)}</Chip>}
          {part.against.length === 0 ? null : <Chip icon="split">{say('write.against')}: {words.number(part.against.length)}</Chip>}
        </p>
      )}
      {grounds?.founded === false ? <p className={styles.facts}><Chip tone="ask" icon="warning">{say('write.founded.no')}</Chip></p> : null}
      {flagsOf(state, part).some(({ sentence }) => sentence === null) ? <p><Chip tone="ask" icon="warning">{say('write.flag.beside')}</Chip></p> : null}
    </>
  )
}
