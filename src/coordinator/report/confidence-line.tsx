import { confidences } from '#domain/written-report.ts'
import type { Confidence, WrittenPart } from '#domain/written-report.ts'
import type { PartGrounds } from '#protocol/written-report.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/report/editor.module.css'
import { groundsOfPart } from '#coordinator/report/part-facts.ts'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import { Icon } from '#ui/icon/icon.tsx'
import { Select } from '#ui/select/select.tsx'

interface ConfidenceLineProps {
  readonly part: WrittenPart
  readonly onChange: (part: WrittenPart) => void
}

/** What confidence was computed and on what; a coordinator says less, never more. */
export function ConfidenceLine({ part, onChange }: ConfidenceLineProps) {
  const { state, say } = useWriting()
  const grounds = groundsOfPart(state, part)
  if (grounds === null || grounds.entries === 0) {
    return (
      <section className={styles.beside}>
        <h4>{say('write.confidence')}</h4>
        <p className={styles.quiet}>{say(grounds === null ? 'write.confidence.awaited' : 'write.confidence.nothing')}</p>
        <Founded founded={grounds?.founded ?? null} />
      </section>
    )
  }
  const lower = lowerThan(grounds.computed)
  const said = lower.find((one) => one === part.confidence) ?? null
  return (
    <section className={styles.beside}>
      <h4>{say(`report.confidence.${said ?? grounds.computed}`)}</h4>
      <Grounds grounds={grounds} />
      {lower.length === 0 ? null : (
        <div className={styles.lower}>
          <Select label={say('write.confidence.lower')} hint={say('write.confidence.hint')} choose={say('write.confidence.asComputed', { confidence: say(`write.level.${grounds.computed}`) })} value={said} options={lower.map((value) => ({ value, label: say(`write.level.${value}`) }))} onChange={(confidence) => onChange(withConfidence(part, confidence))} />
        </div>
      )}
      <Founded founded={grounds.founded} />
    </section>
  )
}

/** Of a priority: whether as much stands behind it as should. */
function Founded({ founded }: { readonly founded: boolean | null }) {
  const { say } = useWriting()
  return founded === null ? null : <p className={founded ? styles.well : styles.warn}><Icon name={founded ? 'check' : 'warning'} size="text" />{say(founded ? 'write.founded.yes' : 'write.founded.no')}</p>
}

/** A case is what one author says: nobody can say that of what several said. */
function lowerThan(computed: Confidence): readonly Confidence[] {
  return confidences.slice(confidences.indexOf(computed) + 1).filter((one) => one !== 'case')
}

function withConfidence(part: WrittenPart, confidence: Confidence | null): WrittenPart {
  const { confidence: _, ...rest } = part
  return confidence === null ? rest : { ...rest, confidence }
}

const asPercent = (share: number, locale: string) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share)

function Grounds({ grounds }: { readonly grounds: PartGrounds }) {
  const { words } = useDesk()
  const { say } = useWriting()
  const { entries, authors, organisations, sourceTypes, graded, unsettled } = grounds
  const parts = [
    say('write.confidence.entries', { count: entries }), say('write.confidence.authors', { count: authors }), say('write.confidence.organisations', { count: organisations }), say('write.confidence.sources', { count: sourceTypes }),
    say('write.confidence.graded', { share: asPercent(graded, words.locale) }), ...(unsettled === 0 ? [] : [say('write.confidence.unsettled', { count: unsettled })]),
  ]
  return <p className={styles.grounds}>{say('write.confidence.grounds', { grounds: words.list(parts) })}</p>
}
