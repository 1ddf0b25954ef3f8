import { useState } from 'react'
import type { HandedOver } from '#volunteer/ground.ts'
import { useDevice } from '#volunteer/device-context.tsx'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

type HandingOver =
  | { readonly phase: 'idle' | 'making' | 'failed' }
  /** The file is kept until the screen is left: a second tap hands over the same one. */
  | { readonly phase: 'done'; readonly file: File; readonly how: HandedOver }

export function useHandOver(): { readonly state: HandingOver; readonly onHandOver: () => void } {
  const { ground } = useVolunteering()
  const device = useDevice()
  const [state, setState] = useState<HandingOver>({ phase: 'idle' })

  async function handOver(): Promise<void> {
    if (state.phase === 'making') return
    const made = state.phase === 'done' ? state.file : null
    setState({ phase: 'making' })
    try {
      const file = made ?? (await makeFile())
      setState({ phase: 'done', file, how: await ground.handOver(file) })
    } catch {
      // A full storage, a photo that went meanwhile, a browser that ran out of memory: nothing here has changed.
      setState({ phase: 'failed' })
    }
  }

  async function makeFile(): Promise<File> {
    const { unsentFile } = await import('#device/media/file-of.ts')
    return unsentFile(device)
  }

  return { state, onHandOver: () => void handOver() }
}
