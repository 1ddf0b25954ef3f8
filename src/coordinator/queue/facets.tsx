import { useId, useState } from 'react'
import type { ReactNode } from 'react'
import { kinds } from '#domain/kinds.ts'
import { ownValue } from '#domain/own-value.ts'
import { facetNames } from '#protocol/desk.ts'
import type { FacetName } from '#protocol/desk.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { ColumnNote } from '#coordinator/queue/column-note.tsx'
import { facetText } from '#coordinator/queue/facet-words.ts'
import type { CampaignNames } from '#coordinator/queue/facet-words.ts'
import { codesChosen, isFacetOf, statesByView, withToggled } from '#coordinator/queue/queue-address.ts'
import type { QueueAddress } from '#coordinator/queue/queue-address.ts'
import styles from '#coordinator/queue/facets.module.css'
import type { FacetCounts } from '#coordinator/queue/use-facets.ts'
import { Views } from '#coordinator/queue/views.tsx'
import { Icon } from '#ui/icon/icon.tsx'
import { KindMark } from '#ui/kind-mark/kind-mark.tsx'
import { Severity } from '#ui/severity/severity.tsx'
import { TextButton } from '#ui/text-button/text-button.tsx'

interface FacetsProps {
  readonly address: QueueAddress
  readonly facets: FacetCounts
  readonly asOf: number | null
  readonly onChange: (address: QueueAddress) => void
}

/** The column of views and filters; each filter says how many entries it would leave. */
export function Facets({ address, facets, asOf, onChange }: FacetsProps) {
  const { say } = useDesk().words
  const [isUnfolded, setUnfolded] = useState(false)
  return (
    <aside className={styles.facets} aria-label={say('queue.filters')} data-unfolded={isUnfolded}>
      <Views address={address} asOf={asOf} onChange={onChange} />
      <button type="button" className={styles.unfold} aria-expanded={isUnfolded} onClick={() => setUnfolded(!isUnfolded)}>{say('queue.filters')}<Icon name="chevron-down" size="text" /></button>
      {facets.hasFailed ? <ColumnNote onRetry={facets.again}>{[say('facets.unread'), ...(Object.keys(facets.counts).length === 0 ? [] : [say('facets.before')])].join(' ')}</ColumnNote> : null}
      {facetNames.filter((name) => isFacetOf(address.view, name)).map((name) => (
        <Facet key={name} name={name} address={address} facets={facets} onChange={onChange} />
      ))}
    </aside>
  )
}

interface FacetProps extends Omit<FacetsProps, 'asOf'> {
  readonly name: FacetName
}

function Facet({ name, address, facets, onChange }: FacetProps) {
  const { words } = useDesk()
  const isOpen = facets.isOpen(name)
  const counts = facets.counts[name] ?? null
  return (
    <details
      className={styles.facet}
      open={isOpen}
      onToggle={(event) => {
        if (event.currentTarget.open !== isOpen) facets.setOpen(name, event.currentTarget.open)
      }}
    >
      <summary>{words.say(`queue.facet.${name}`)}<Icon name="chevron-down" size="text" /></summary>
      {isOpen && counts === null && facets.hasFailed ? <p className={styles.facetNone}>{words.say('facets.oneUnread')}</p> : null}
      {isOpen && counts !== null ? <FacetCodes name={name} address={address} counts={counts} names={facets.names} onChange={onChange} /> : null}
    </details>
  )
}

/** More than fit at a glance are searched instead of scrolled. */
const shortList = 12
const shownOfLong = 8

interface FacetCodesProps extends Pick<FacetProps, 'name' | 'address' | 'onChange'> {
  readonly counts: Readonly<Record<string, number>>
  readonly names: CampaignNames
}

function FacetCodes({ name, address, counts, names, onChange }: FacetCodesProps) {
  const { words } = useDesk()
  const { say } = words
  const id = useId()
  const [sought, setSought] = useState('')
  const [isWhole, setWhole] = useState(false)
  const codes = codesOf(name, { address, counts, textOf: (code) => facetText(name, code, { words, names }) })
  const isLong = codes.length > shortList
  const fitting = codes.filter(({ code, text }) => sought === '' || plain(text).includes(plain(sought)) || codesChosen(address, name).includes(code))
  const shown = isLong && !isWhole && sought === '' ? fitting.filter(({ code }, index) => index < shownOfLong || codesChosen(address, name).includes(code)) : fitting
  return (
    <>
      {isLong ? <input id={id} type="search" className={styles.facetSearch} aria-label={say('queue.facetSearch', { facet: say(`queue.facet.${name}`) })} placeholder={say('queue.facetSearchHint')} value={sought} onChange={(event) => setSought(event.target.value)} /> : null}
      {shown.length === 0 ? <p className={styles.facetNone}>{say(sought === '' ? 'queue.facetNone' : 'queue.facetNotFound')}</p> : null}
      <ul>
        {shown.map(({ code, text }) => (
          <li key={code}>
            <label>
              <input type="checkbox" checked={codesChosen(address, name).includes(code)} onChange={() => onChange(withToggled(address, name, code))} />
              <span dir="auto">{facetLabel(name, code, { text, severity: words.code('severity', code) })}</span>{' '}
              <span className={styles.num}>{words.number(ownValue(counts, code) ?? 0)}</span>
            </label>
          </li>
        ))}
      </ul>
      {shown.length < fitting.length ? <TextButton onClick={() => setWhole(true)}>{say('queue.facetAll', { count: fitting.length })}</TextButton> : null}
    </>
  )
}

interface ListedCode {
  readonly code: string
  readonly text: string
}

/** Short fixed lists keep their order, others stand with most entries first; what counts none is shown only when it is chosen. */
function codesOf(name: FacetName, { address, counts, textOf }: { readonly address: QueueAddress; readonly counts: FacetCodesProps['counts']; readonly textOf: (code: string) => string }): readonly ListedCode[] {
  const inUse = new Set([...Object.keys(counts), ...codesChosen(address, name)].filter((code) => code !== ''))
  const fixed = fixedOrder(name, address)
  const ordered = fixed === null
    ? [...inUse].toSorted((a, b) => (ownValue(counts, b) ?? 0) - (ownValue(counts, a) ?? 0))
    : [...fixed.filter((code) => inUse.has(code)), ...[...inUse].filter((code) => name !== 'state' && !fixed.includes(code))]
  return ordered.map((code) => ({ code, text: textOf(code) }))
}

function fixedOrder(name: FacetName, address: QueueAddress): readonly string[] | null {
  if (name === 'kind') return kinds
  if (name === 'severity') return ['5', '4', '3', '2', '1']
  if (name === 'sensitivity') return ['severe', 'high', 'moderate', 'low']
  if (name === 'photo') return ['yes', 'no']
  return name === 'state' ? statesByView[address.view] : null
}

function facetLabel(name: FacetName, code: string, { text, severity }: { readonly text: string; readonly severity: string }): ReactNode {
  if (name === 'kind' && (code === 'challenge' || code === 'action')) return <KindMark kind={code} />
  return name === 'severity' ? <Severity level={Number(code)} word={severity} /> : text
}

function plain(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
