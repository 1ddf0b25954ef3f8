import styles from '#ui/initials/initials.module.css'

/** A person as a small round mark. The name itself is what is read out. */
export function Initials({ name }: { readonly name: string }) {
  return (
    <span className={styles.initials}>
      <span aria-hidden="true">{initialsOf(name)}</span>
      <span className="visually-hidden">{name}</span>
    </span>
  )
}

/** The first letter of the first and of the last word; scripts without capitals keep theirs. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).map((word) => word.match(/[\p{L}\p{N}]\p{M}*/u)?.[0] ?? '').filter((letter) => letter !== '')
  const [first = '?'] = words
  const last = words.length > 1 ? (words.at(-1) ?? '') : ''
  return `${first}${last}`.toLocaleUpperCase()
}
