import { useEffect, useRef, useState } from 'react'
import type { SubmitEvent } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import type { SyncState } from '#device/device.ts'
import { useAside } from '#coordinator/aside/aside-context.tsx'
import asideStyles from '#coordinator/aside/aside.module.css'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { DeskKey } from '#coordinator/desk-words.ts'
import { isKeptWithoutEnd } from '#domain/retention.ts'
import { dayHere } from '#domain/day-here.ts'
import { addressFromSearch, searchFromAddress } from '#coordinator/queue/queue-address.ts'
import { useKeys } from '#coordinator/shell/keys.ts'
import type { DeskScreen } from '#coordinator/shell/keys-line.tsx'
import { LanguageSwitch } from '#coordinator/shell/language-switch.tsx'
import styles from '#coordinator/shell/shell.module.css'
import { useWatch } from '#coordinator/use-watch.ts'
import { Icon } from '#ui/icon/icon.tsx'
import { Logo } from '#ui/icon/logo.tsx'
import { useAwaitedLanguage } from '#ui/language/language.tsx'

/** The head of every page of the desk: whose campaign, where one is, the search, and whether there is a connection. */
export function DeskBar({ screen }: { readonly screen: DeskScreen | null }) {
  const { device, words, membership, ground, fresh } = useDesk()
  const { say } = words
  const { waiting } = useAside()
  const awaited = useAwaitedLanguage()
  const isSignedOut = useWatch(device.sync)?.attention === 'join-again'
  const isMissing = useWatch(fresh.isMissing) === true
  const nav = useInSight(screen, words.locale)
  const today = dayHere(ground.now())
  const tabs: readonly { readonly href: string; readonly text: string; readonly isCurrent: boolean; readonly mark?: { readonly count: number; readonly says: DeskKey } }[] = [
    { href: '/desk', text: say('bar.queue'), isCurrent: screen === 'queue' || screen === 'entry' },
    { href: '/desk/overview', text: say('bar.overview'), isCurrent: screen === 'overview' },
    ...(membership.abilities.includes('export') ? [{ href: '/desk/report', text: say('bar.report'), isCurrent: screen === 'report' }] : []),
    { href: '/desk/aside', text: say('bar.aside'), isCurrent: screen === 'aside', mark: { count: waiting, says: 'bar.asideWaiting' } },
    ...(membership.abilities.includes('manageMembers') || membership.abilities.includes('invite') ? [{ href: '/desk/people', text: say('bar.people'), isCurrent: screen === 'people' }] : []),
    ...(membership.abilities.includes('export') || membership.abilities.includes('import') ? [{ href: '/desk/data', text: say('bar.data'), isCurrent: screen === 'data' }] : []),
    { href: '/desk/audit', text: say('bar.audit'), isCurrent: screen === 'audit' },
    ...(membership.abilities.includes('editCampaign') ? [{ href: '/desk/campaign', text: say('bar.campaign'), isCurrent: screen === 'campaign', mark: { count: isKeptWithoutEnd(membership.campaign, today) ? 1 : 0, says: 'bar.retentionMissing' } as const }] : []),
  ]
  return (
    <header className={styles.bar}>
      <span className={styles.brand}>
        <Link href="/" aria-label={say('bar.homeOf')} title={say('bar.homeOf')}><Logo /></Link>
        <Link href="/campaigns?desk" className={styles.campaign} title={say('bar.campaigns')}><b dir="auto">{membership.campaign.name}</b> <span className="visually-hidden">{say('bar.campaigns')}</span><Icon name="chevron-down" size="s" /></Link>
      </span>
      <nav aria-label={say('bar.main')} ref={nav}>
        <ul className={styles.tabs}>
          {tabs.map(({ href, text, isCurrent, mark }) => (
            <li key={href}>
              <Link href={href} aria-current={isCurrent ? 'page' : undefined}>{text}{mark === undefined || mark.count === 0 ? null : <> <span className={asideStyles.tabCount}>{words.number(mark.count)} <span className="visually-hidden">{say(mark.says)}</span></span></>}</Link>
            </li>
          ))}
        </ul>
      </nav>
      <SearchBox />
      <Connection />
      <span className={styles.barEnd}>
        <LanguageSwitch />
        <Link href="/" className={styles.homeLink}>{say('bar.home')}</Link>
      </span>
      <p className={styles.awaited} role="status">{isSignedOut ? say('problem.device-revoked') : isMissing ? say('problem.not-loaded') : awaited?.text}</p>
    </header>
  )
}

/** On a small window the tabs scroll: the one that is open stands in the middle, whether it was tapped or an address led to it. */
function useInSight(screen: DeskScreen | null, locale: string) {
  const nav = useRef<HTMLElement>(null)
  useEffect(() => {
    const [frame, tab] = [nav.current, nav.current?.querySelector('[aria-current]')]
    if (frame === null || tab === null || tab === undefined) return
    // Not scrollIntoView: that would move the page, too.
    frame.scrollLeft += middleOf(tab) - middleOf(frame)
  }, [screen, locale])
  return nav
}

function middleOf(element: Element): number {
  const { left, right } = element.getBoundingClientRect()
  return (left + right) / 2
}

/** Searches the queue under the filters that are in force. */
function SearchBox() {
  const { say } = useDesk().words
  const [, navigate] = useLocation()
  const address = addressFromSearch(useSearch())
  const [typed, setTyped] = useState({ under: address.q, text: address.q })
  // What was typed counts until the address says something else: a filter that was cleared empties the box.
  const text = typed.under === address.q ? typed.text : address.q
  const input = useRef<HTMLInputElement>(null)
  useKeys({
    '/': () => {
      input.current?.focus()
      input.current?.select()
    },
  })
  const search = (q: string) => {
    const query = searchFromAddress({ ...address, q })
    navigate(query === '' ? '/desk' : `/desk?${query}`)
  }
  const handleSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    search(text.trim())
  }
  return (
    <form autoComplete="off" className={styles.search} role="search" onSubmit={handleSubmit}>
      <Icon name="search" size="s" />
      <input
        ref={input}
        type="search"
        dir={text === '' ? undefined : 'auto'}
        maxLength={200}
        aria-label={say('bar.search')}
        placeholder={say('bar.searchHint')}
        value={text}
        onChange={(event) => {
          setTyped({ under: address.q, text: event.target.value })
          if (event.target.value === '' && address.q !== '') search('')
        }}
      />
      <kbd aria-hidden="true">/</kbd>
    </form>
  )
}

function Connection() {
  const { device, fresh, words } = useDesk()
  const sync = useWatch(device.sync)
  const isAway = useWatch(fresh.isAway) === true
  const isBetween = useWatch(fresh.isBetween) === true
  const isMissing = useWatch(fresh.isMissing) === true
  if (sync === undefined) return <span className={styles.connection} />
  const { tone, key } = connectionOf(sync, { isAway, isBetween, isMissing })
  const kept = sync.pendingChanges === 0 ? null : words.say('bar.kept', { count: sync.pendingChanges })
  return (
    <p className={styles.connection} data-tone={tone} role="status">
      <svg viewBox="0 0 10 10" aria-hidden="true"><circle cx="5" cy="5" r="4" /></svg>
      <span>{words.dots([words.say(key), ...(kept === null ? [] : [kept])])}</span>
    </p>
  )
}

/** The desk asks of its own, too: who has nothing to send learns only by that whether the server is there. */
function connectionOf(sync: SyncState, { isAway, isBetween, isMissing }: { readonly isAway: boolean; readonly isBetween: boolean; readonly isMissing: boolean }) {
  if (sync.attention === 'join-again') return { tone: 'off', key: 'bar.signedOut' } as const
  if (!sync.online) return { tone: 'off', key: 'bar.offline' } as const
  if (isMissing) return { tone: 'off', key: 'bar.openAgain' } as const
  if (isBetween || (sync.problem?.by === 'between' && sync.phase !== 'syncing')) return { tone: 'off', key: 'bar.between' } as const
  if (isAway || (sync.problem !== null && sync.phase !== 'syncing')) return { tone: 'off', key: 'bar.unreachable' } as const
  return sync.phase === 'syncing' && sync.pendingChanges > 0 ? { tone: 'busy', key: 'bar.syncing' } as const : { tone: 'on', key: 'bar.online' } as const
}
