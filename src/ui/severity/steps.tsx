import { classNames } from '#ui/class-names.ts'
import styles from '#ui/severity/severity.module.css'

const bars = [
  { level: 1, x: 0.5, y: 14.1, height: 3.4 },
  { level: 2, x: 5.75, y: 10.7, height: 6.8 },
  { level: 3, x: 11, y: 7.3, height: 10.2 },
  { level: 4, x: 16.25, y: 3.9, height: 13.6 },
  { level: 5, x: 21.5, y: 0.5, height: 17 },
] as const

/** Five steps, as many filled as the level says. Decoration: the number stands beside it. */
export function Steps({ level }: { readonly level: number }) {
  return (
    <svg className={classNames(styles.steps, styles[`level${level}`])} viewBox="0 0 26 18" aria-hidden="true">
      {bars.map((bar) => <rect key={bar.level} className={bar.level <= level ? styles.on : undefined} x={bar.x} y={bar.y} width="4" height={bar.height} rx=".6" />)}
    </svg>
  )
}
