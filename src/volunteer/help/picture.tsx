import { fixedPictures, pictures } from '#volunteer/help/pictures.ts'
import type { PictureName, Stroke } from '#volunteer/help/pictures.ts'
import styles from '#volunteer/help/picture.module.css'

/** A drawing beside words that say the same: assistive technology passes over it. */
export function Picture({ name }: { readonly name: PictureName }) {
  const strokes: readonly Stroke[] = pictures[name]
  return (
    <svg className={fixedPictures.has(name) ? styles.picture : styles.turning} viewBox="0 0 160 96" aria-hidden="true">
      {strokes.map(({ tone, d }) => <path key={`${tone} ${d}`} className={styles[tone]} d={d} />)}
    </svg>
  )
}
