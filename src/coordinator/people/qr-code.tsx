import { useEffect, useState } from 'react'
import styles from '#coordinator/people/people.module.css'

interface Drawing {
  readonly text: string
  readonly size: number
  readonly path: string
}

/** The text as a QR code, drawn as one path of squares. Always dark on white: cameras do not read the reverse reliably. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const [drawing, setDrawing] = useState<Drawing | null>(null)
  useEffect(() => {
    let isCurrent = true
    // Only who invites pays for the encoder.
    void import('uqr').then(({ encode }) => {
      const { data, size } = encode(text, { ecc: 'M', border: 3 })
      if (isCurrent) setDrawing({ text, size, path: pathOf(data) })
      // It does not come without a connection; the link beside it says the same.
    }, () => undefined)
    return () => {
      isCurrent = false
    }
  }, [text])
  if (drawing === null || drawing.text !== text) return <div className={styles.qr} />
  return (
    <svg className={styles.qr} viewBox={`0 0 ${drawing.size} ${drawing.size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect className={styles.qrPaper} width={drawing.size} height={drawing.size} />
      <path className={styles.qrInk} d={drawing.path} />
    </svg>
  )
}

function pathOf(data: readonly (readonly boolean[])[]): string {
  return data.flatMap((line, y) => line.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
}
