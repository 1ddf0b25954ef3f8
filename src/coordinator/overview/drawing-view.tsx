import { useId } from 'react'
import type { Drawing, Shape } from '#chart/drawing.ts'
import styles from '#coordinator/overview/drawing.module.css'

/** A drawing as a picture with its words. What in it can be chosen is chosen beside it, where a keyboard gets. */
export function DrawingView({ drawing, isDecorative = false }: { readonly drawing: Drawing; readonly isDecorative?: boolean }) {
  const id = useId()
  const { width, height, title, text, shapes } = drawing
  const about = isDecorative ? { 'aria-hidden': true } as const : { role: 'img', 'aria-labelledby': `${id}t ${id}d` } as const
  return (
    <svg className={styles.drawing} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio={isDecorative ? 'none' : 'xMidYMid meet'} {...about}>
      {isDecorative ? null : <><title id={`${id}t`}>{title}</title><desc id={`${id}d`}>{text}</desc></>}
      <defs>
        <pattern id={`${id}h`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect className={styles['hatch-ground']} width="6" height="6" />
          <path className={styles['hatch-line']} d="M0 0V6" />
        </pattern>
      </defs>
      <Shapes shapes={shapes} hatch={`url(#${id}h)`} />
    </svg>
  )
}

function Shapes({ shapes, hatch }: { readonly shapes: readonly Shape[]; readonly hatch: string }) {
  return shapes.map((shape, index) => {
    const key = shape.shape === 'group' ? shape.id : `${shape.shape}${index}`
    switch (shape.shape) {
      case 'rect':
        return <rect key={key} className={styles[shape.paint]} x={shape.x} y={shape.y} width={shape.width} height={shape.height} />
      case 'path':
        return <path key={key} className={styles[shape.paint]} d={shape.d} {...(shape.paint === 'silent' ? { fill: hatch } : {})} />
      case 'text':
        return <text key={key} className={styles[shape.lettering]} x={shape.x} y={shape.y} textAnchor={shape.anchor}>{shape.text}</text>
      case 'group':
        return <g key={key} data-chosen={shape.isChosen}><Shapes shapes={shape.shapes} hatch={hatch} /></g>
    }
  })
}
