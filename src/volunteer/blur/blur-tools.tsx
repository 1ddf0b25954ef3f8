import { IconButton } from '#ui/icon-button/icon-button.tsx'
import type { Drawing as Sign } from '#ui/icon/icon.tsx'
import styles from '#volunteer/blur/blur.module.css'
import type { Drawing, DrawingState } from '#volunteer/blur/drawing.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** Signs that nothing else needs: they come with the tool. */
const signs = {
  redo: { drawing: 'm15.5 4.5 4.5 4.5-4.5 4.5M20 9h-9.5a6 6 0 0 0 0 12H16' },
  zoomIn: { drawing: 'M17 10.5a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0zM15.5 15.5l5 5M10.5 7.5v6M7.5 10.5h6' },
  zoomOut: { drawing: 'M17 10.5a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0zM15.5 15.5l5 5M7.5 10.5h6' },
  thinner: { drawing: 'M14.5 12a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z' },
  thicker: { drawing: 'M20.5 12a8.5 8.5 0 1 1-17 0 8.5 8.5 0 0 1 17 0z' },
} as const satisfies Readonly<Record<string, Sign>>

const zoomStep = 1.6

export function BlurTools({ drawing, state }: { readonly drawing: Drawing; readonly state: DrawingState }) {
  const { say } = useWords()
  const { done, undone } = state.marks
  return (
    <div className={styles.tools}>
      <IconButton icon="undo" label={say('blur.undo')} disabled={done.length === 0} onClick={drawing.undo} />
      <IconButton className={styles.turning} icon={signs.redo} label={say('blur.redo')} disabled={undone.length === 0} onClick={drawing.redo} />
      <IconButton icon={signs.thinner} label={say('blur.thinner')} onClick={() => drawing.changeBrush(-1)} />
      <IconButton icon={signs.thicker} label={say('blur.thicker')} onClick={() => drawing.changeBrush(1)} />
      <IconButton icon={signs.zoomOut} label={say('blur.zoomOut')} disabled={!state.isClose} onClick={() => drawing.zoom(1 / zoomStep)} />
      <IconButton icon={signs.zoomIn} label={say('blur.zoomIn')} onClick={() => drawing.zoom(zoomStep)} />
    </div>
  )
}
