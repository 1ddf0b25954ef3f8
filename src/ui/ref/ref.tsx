import styles from '#ui/ref/ref.module.css'

/** The short name of an entry, C-000318. It is read left to right in every language and never breaks. */
export function Ref({ value }: { readonly value: string }) {
  return <bdi className={styles.ref} dir="ltr">{value}</bdi>
}
