import { useState } from 'react'
import type { ReactNode } from 'react'
import { kinds } from '#domain/entry.ts'
import type { EntriesResponse } from '#protocol/desk.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { DeskWords } from '#coordinator/desk-words.ts'
import { countOfView, facetNames, queueViews, searchFromAddress, statesByView, withToggled, withView } from '#coordinator/queue/queue-address.ts'
import type { FacetName, QueueAddress } from '#coordinator/queue/queue-address.ts'
import styles from '#coordinator/queue/facets.module.css'
import { Icon } from '#ui/icon/icon.tsx'
import { KindMark } from '#ui/kind-mark/kind-mark.tsx'
import { Severity } from '#ui/severity/severity.tsx'

interface FacetsProps {
  readonly address: QueueAddress
  readonly facets: EntriesResponse['facets']
  readonly onChange: (address: QueueAddress) => void
}

/** The column of views and filters; each filter says how many entries it would leave. */
export function Facets({ address, facets, onChange }: FacetsProps) {
  const { words } = useDesk()
  const { say } = words
  const stateCounts = facets['state'] ?? {}
  const [isUnfolded, setUnfolded] = useState(false)
  return (
    <aside className={styles.facets} aria-label={say('queue.filters')} data-unfolded={isUnfolded}>
      <nav className={styles.views} aria-label={say('queue.views')}>
        <h2>{say('queue.views')}</h2>
        <ul>
          {queueViews.map((view) => (
            <li key={view}>
              <a
                href={`/desk?${searchFromAddress(withView(address, view))}`}
                aria-current={view === address.view ? 'true' : undefined}
                onClick={(event) => {
                  event.preventDefault()
                  onChange(withView(address, view))
                }}
              >
                <span>{say(`queue.view.${view}`)}</span>
                {facets['state'] === undefined ? null : <span className={styles.num}>{words.number(countOfView(view, stateCounts))}</span>}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <button type="button" className={styles.unfold} aria-expanded={isUnfolded} onClick={() => setUnfolded(!isUnfolded)}>{say('queue.filters')}<Icon name="chevron-down" size="text" /></button>
      {facetNames.map((name) => <Facet key={name} name={name} address={address} counts={facets[name] ?? null} onChange={onChange} />)}
    </aside>
  )
}

function Facet({ name, address, counts, onChange }: { readonly name: FacetName; readonly address: QueueAddress; readonly counts: Readonly<Record<string, number>> | null; readonly onChange: FacetsProps['onChange'] }) {
  const { words } = useDesk()
  const codes = codesOf(name, address, counts ?? {}, words)
  // Before the first answer nobody knows what there is: no list, and no number that would read as none.
  if ((counts === null && codes.length === 0) || (name === 'state' && codes.length < 2)) return null
  return (
    <details className={styles.facet} open={name !== 'country' || address.chosen.country.length > 0 || codes.length <= 8}>
      <summary>{words.say(`queue.facet.${name}`)}<Icon name="chevron-down" size="text" /></summary>
      {codes.length === 0 ? <p className={styles.facetNone}>{words.say('queue.facetNone')}</p> : null}
      <ul>
        {codes.map((code) => (
          <li key={code}>
            <label>
              <input type="checkbox" checked={address.chosen[name].includes(code)} onChange={() => onChange(withToggled(address, name, code))} />
              <span>{facetLabel(name, code, words)}</span>
              {counts === null ? null : <span className={styles.num}>{words.number(counts[code] ?? 0)}</span>}
            </label>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** Short fixed lists keep their order; long ones show what there is, most first, and whatever is chosen. */
function codesOf(name: FacetName, address: QueueAddress, counts: Readonly<Record<string, number>>, words: DeskWords): readonly string[] {
  if (name === 'kind') return kinds
  if (name === 'severity') return ['5', '4', '3', '2', '1']
  if (name === 'state') return statesByView[address.view]
  const codes = [...new Set([...Object.keys(counts), ...address.chosen[name]])].filter((code) => code !== '')
  const label = (code: string) => facetText(name, code, words)
  return [...codes].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || label(a).localeCompare(label(b), words.locale))
}

function facetLabel(name: FacetName, code: string, words: DeskWords): ReactNode {
  if (name === 'kind' && (code === 'challenge' || code === 'action')) return <KindMark kind={code} />
  if (name === 'severity') return <Severity level={Number(code)} word={words.code('severity', code)} />
  return facetText(name, code, words)
}

/** The words for one code of a filter, also where it stands among the filters in force. */
export function facetText(name: FacetName, code: string, words: DeskWords): string {
  if (name === 'country') return words.country(code)
  if (name === 'state') return words.state(code)
  if (name === 'kind') return words.kind(code)
  if (name === 'severity') return words.dots([code, words.code('severity', code)])
  return words.code(name, code)
}
