import styles from '#ui/icon/icon.module.css'

/** The mark of Terrain: the contour lines of a hill. Decoration; the name stands beside it in words. */
export function Logo() {
  return (
    <svg className={styles.logo} viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.9" strokeLinejoin="round">
      <path d="M4 19C2.5 12 8 4.5 15 4.2c4.5-.2 6 2.3 9 5 3.6 3.2 5.8 8 3.6 12.8C25.3 27 19.5 28.3 14 27.6 8.5 27 5 24.5 4 19z" />
      <path d="M8 18.5C7.3 13.5 11 8.6 15.2 8.5c3 0 4 2 6 4 2.6 2.4 4.1 5.5 2.6 8.3-1.7 3-5.3 3.6-9 3.1-3.7-.5-6.2-2-6.8-5.4z" />
      <path fill="currentColor" stroke="none" d="M12 18c-.3-2.7 1.2-5 3.3-5.2 1.8-.1 2.3 1.3 3.5 2.6 1.3 1.4 2 2.8 1.1 4-1 1.2-2.7 1.3-4.5 1.1-2-.3-3.2-.9-3.4-2.5z" />
    </svg>
  )
}
