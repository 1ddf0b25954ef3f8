import type { EntryContent } from '#domain/entry.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/review/review.module.css'
import { Ref } from '#ui/ref/ref.tsx'
import { Severity } from '#ui/severity/severity.tsx'

interface FieldValueProps {
  readonly field: string
  readonly value: unknown
  /** For values that are read together with a neighbour: a point with its accuracy. */
  readonly content?: EntryContent
}

/** One value in the reader's language; words of the author stay as they are. */
export function FieldValue({ field, value, content }: FieldValueProps) {
  const { words } = useDesk()
  if (field === 'severity' && typeof value === 'number') return <Severity level={value} word={words.code('severity', String(value))} />
  if (field === 'lat' && content !== undefined && content.lat !== undefined && content.lon !== undefined) return <Point lat={content.lat} lon={content.lon} precisionM={content.geoPrecisionM} />
  if (ownWords.includes(field)) return <span className={styles.ownWords} dir="auto">{words.value(field, value)}</span>
  return <bdi>{words.value(field, value)}</bdi>
}

/** Written by the author in their own words, so shown as what people say. */
const ownWords = ['title', 'description', 'quote', 'consequenceText', 'result', 'obstacles', 'lesson', 'priorityText']

function Point({ lat, lon, precisionM }: { readonly lat: number; readonly lon: number; readonly precisionM: number | undefined }) {
  const { words } = useDesk()
  return (
    <>
      <Ref value={`${lat.toFixed(4)}, ${lon.toFixed(4)}`} />
      {precisionM === undefined ? null : <span className={styles.quiet}> {words.say('entry.accuracy', { metres: precisionM })}</span>}
    </>
  )
}
