import pickers from '#coordinator/report/pickers.module.css'
import { useWriting } from '#coordinator/report/writing-context.tsx'

/** So many more could be cited and are too old for the list: nobody shall take it for all there is. */
export function OlderLeft({ count }: { readonly count: number }) {
  const { say } = useWriting()
  return count === 0 ? null : <p className={pickers.quiet}>{say('write.pick.older', { count })}</p>
}
