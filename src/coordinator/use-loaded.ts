import { useEffect, useRef, useState } from 'react'
import type { ApiProblem } from '#device/device.ts'
import type { Result } from '#domain/result.ts'
import { useDesk } from '#coordinator/desk-context.tsx'

/** Something asked of the server: what came last stays, with its time, while a newer answer is awaited or did not come. */
export interface Loaded<Value> {
  readonly value: Value | null
  readonly asOf: number | null
  readonly isLoading: boolean
  readonly problem: ApiProblem | null
  readonly reload: () => void
}

interface Answer<Value> {
  readonly key: string
  readonly value: Value | null
  readonly asOf: number | null
  readonly problem: ApiProblem | null
}

/** Asks again whenever `key` changes; an answer to an older key is dropped. What is `known` of the first key is not asked for. */
export function useLoaded<Value>(key: string, load: () => Promise<Result<Value, ApiProblem>>, known: { readonly value: Value; readonly asOf: number } | null = null): Loaded<Value> {
  const { ground } = useDesk()
  const [round, setRound] = useState(0)
  const [first] = useState(known === null ? null : `0 ${key}`)
  const [settled, setSettled] = useState(first ?? '')
  const [answer, setAnswer] = useState<Answer<Value> | null>(known === null ? null : { key, ...known, problem: null })
  const latest = useRef(load)
  useEffect(() => {
    latest.current = load
  })
  const asked = `${round} ${key}`
  useEffect(() => {
    if (asked === first) return
    let isCurrent = true
    void latest.current().then((result) => {
      if (!isCurrent) return
      setAnswer((before) => {
        if (result.ok) return { key, value: result.value, asOf: ground.now(), problem: null }
        const kept = before?.key === key ? before : null
        return { key, value: kept?.value ?? null, asOf: kept?.asOf ?? null, problem: result.problem }
      })
      setSettled(asked)
    })
    return () => {
      isCurrent = false
    }
  }, [asked, first, key, ground])
  const current = answer?.key === key ? answer : null
  return {
    value: current?.value ?? null,
    asOf: current?.asOf ?? null,
    isLoading: settled !== asked,
    problem: current?.problem ?? null,
    reload: () => setRound((count) => count + 1),
  }
}
