import { useDesk } from '#coordinator/desk-context.tsx'
import { BlankLines } from '#ui/empty-state/empty-state.tsx'

/** Where an answer of the server will stand. */
export function Awaited({ lines }: { readonly lines: number }) {
  return <BlankLines count={lines} label={useDesk().words.say('load.waiting')} />
}
