import { useEffect, useRef, useState } from 'react'
import { useDesk } from '#coordinator/desk-context.tsx'
import { PartEditor } from '#coordinator/report/part-editor.tsx'
import { PartView } from '#coordinator/report/part-view.tsx'
import { blankPart, inOrder, placeBehind, placesAfter } from '#coordinator/report/parts.ts'
import type { Section } from '#coordinator/report/parts.ts'
import styles from '#coordinator/report/report.module.css'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import { Button } from '#ui/button/button.tsx'
import { EmptyState } from '#ui/empty-state/empty-state.tsx'

interface ReportSectionProps {
  readonly section: Section
  /** The part that is being written. */
  readonly opened: string | null
  readonly onOpen: (id: string | null) => void
}

/** One question of the report, or its priorities, with what is written under it in its order. */
export function ReportSection({ section, opened, onOpen }: ReportSectionProps) {
  const { ground, words } = useDesk()
  const { state, writing, say } = useWriting()
  const parts = inOrder(state.parts, section)
  const isPriority = section === 'priorities'
  const nameOf = (place: number) => say(isPriority ? 'write.part.priority' : 'write.part.finding', { place })
  const { said, move, focusNext } = useMoves(nameOf, section)
  const close = (id: string) => {
    focusNext(`edit-${id}`)
    onOpen(null)
  }
  const add = () => {
    const part = blankPart(section, ground.newPartId, words.locale)
    writing.add(part, placeBehind(state.parts, section))
    onOpen(part.id)
  }
  return (
    <section className={styles.section} id={`section-${section}`} aria-labelledby={`heading-${section}`}>
      <header>
        {isPriority ? null : <p className={styles.label}>{say('write.question', { number: Number(section) })}</p>}
        <h2 id={`heading-${section}`}>{say(isPriority ? 'report.block.priorities' : `report.question.${section}`)}</h2>
      </header>
      {parts.length === 0 ? <EmptyState>{say(isPriority ? 'write.empty.priority' : 'write.empty.finding')}</EmptyState> : (
        <ol className={styles.parts}>
          {parts.map((one, index) => (
            <li key={one.part.id} id={`part-${one.part.id}`}>
              {one.part.id === opened
                ? <PartEditor one={one} name={nameOf(index + 1)} onDone={() => close(one.part.id)} />
                : <PartView one={one} name={nameOf(index + 1)} isFirst={index === 0} isLast={index === parts.length - 1} onEdit={() => onOpen(one.part.id)} onMove={(by) => move(one.part.id, by)} />}
            </li>
          ))}
        </ol>
      )}
      <p role="status" className="visually-hidden">{said}</p>
      <Button icon="plus" className={styles.add} onClick={add}>{say(isPriority ? 'write.addPriority' : 'write.addFinding')}</Button>
    </section>
  )
}

/** A part that moved keeps the focus on the button that moved it, one that was closed gets it, and where it stands is read out. */
function useMoves(nameOf: (place: number) => string, section: Section) {
  const { state, writing, say } = useWriting()
  const [said, setSaid] = useState('')
  const moved = useRef<string | null>(null)
  useEffect(() => {
    if (moved.current === null) return
    const target = document.getElementById(moved.current)
    if (target === null) return
    target.focus()
    moved.current = null
  })
  const move = (id: string, by: -1 | 1) => {
    const at = inOrder(state.parts, section).findIndex(({ part }) => part.id === id)
    for (const { id: other, place } of placesAfter(state.parts, id, by)) writing.edit(other, { place })
    moved.current = `${by === -1 ? 'up' : 'down'}-${id}`
    setSaid(say('write.part.moved', { part: nameOf(at + 1), place: at + 1 + by }))
  }
  const focusNext = (id: string) => {
    moved.current = id
  }
  return { said, move, focusNext }
}
