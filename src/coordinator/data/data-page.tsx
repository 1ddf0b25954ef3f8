import { useDesk } from '#coordinator/desk-context.tsx'
import { ExportSection } from '#coordinator/data/export-section.tsx'
import { ImportSection } from '#coordinator/data/import-section.tsx'
import styles from '#coordinator/data/data.module.css'

/** What leaves the campaign as a file, and what comes into it. */
export function DataPage() {
  const { membership, words } = useDesk()
  return (
    <main className={styles.data}>
      <h1 className="visually-hidden">{words.say('bar.data')}</h1>
      {membership.abilities.includes('export') ? <ExportSection /> : null}
      {membership.abilities.includes('import') ? <ImportSection /> : null}
    </main>
  )
}
