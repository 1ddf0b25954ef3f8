import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { Icon } from '#ui/icon/icon.tsx'
import type { IconName } from '#ui/icon/icon.tsx'
import styles from '#ui/fold/fold.module.css'

export interface FoldProps {
  readonly summary: ReactNode
  /** How it starts; afterwards the reader opens and closes it. */
  readonly isOpen?: boolean | undefined
  /** Tells that it was opened or closed: what is inside may be drawn only then. */
  readonly onToggle?: ((isOpen: boolean) => void) | undefined
  readonly children: ReactNode
}

/** Something that can be opened, on native `details`: found by the browser's search, works without a script. */
export function Fold({ summary, isOpen, onToggle, children }: FoldProps) {
  return (
    <details className={styles.fold} open={isOpen} onToggle={onToggle === undefined ? undefined : (event) => onToggle(event.currentTarget.open)}>
      <summary><span>{summary}</span><Icon name="chevron-down" size="s" /></summary>
      <div className={styles.inside}>{children}</div>
    </details>
  )
}

export interface MenuProps {
  /** What the menu holds, for those who do not see the dots. */
  readonly label: string
  readonly icon?: IconName | undefined
  readonly children: ReactNode
}

/** A few seldom acts behind three dots: buttons or links, one below the other. */
export function Menu({ label, icon = 'more', children }: MenuProps) {
  const menu = useRef<HTMLDetailsElement>(null)
  useEffect(() => closeAside(menu.current), [])
  return (
    <details ref={menu} className={styles.menu}>
      <summary title={label}><Icon name={icon} size="m" /></summary>
      <div className={styles.list}>{children}</div>
    </details>
  )
}

/** Closes an open menu once something in it was chosen, on Escape, and on a press elsewhere. The focus goes back to the dots, unless what was chosen takes it: a closed menu would keep it out of sight, and a question that was asked from it could give it back to nobody. */
function closeAside(menu: HTMLDetailsElement | null): () => void {
  if (menu === null) return () => {}
  const done = new AbortController()
  const { signal } = done
  const summary = menu.querySelector('summary')
  menu.addEventListener('click', (event) => {
    if (!(event.target instanceof Node) || summary?.contains(event.target) === true) return
    if (menu.contains(menu.ownerDocument.activeElement)) summary?.focus()
    menu.removeAttribute('open')
  }, { signal })
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return
    menu.removeAttribute('open')
    summary?.focus()
  }, { signal })
  menu.ownerDocument.addEventListener('pointerdown', (event) => {
    if (event.target instanceof Node && !menu.contains(event.target)) menu.removeAttribute('open')
  }, { signal })
  return () => done.abort()
}
