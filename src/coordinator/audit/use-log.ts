import { useState } from 'react'
import type { ApiProblem } from '#device/device.ts'
import type { AuditFilter } from '#device/sync/desk-api.ts'
import type { Result } from '#domain/result.ts'
import type { AuditLine, AuditResponse } from '#protocol/audit.ts'
import { askedOf, auditAddress } from '#coordinator/audit/audit-address.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { useLoaded } from '#coordinator/use-loaded.ts'
import type { Loaded } from '#coordinator/use-loaded.ts'

export interface Log {
  readonly first: Loaded<AuditResponse>
  readonly lines: readonly AuditLine[]
  readonly hasOlder: boolean
  readonly isReading: boolean
  readonly problem: ApiProblem | null
  readonly readOlder: () => void
}

interface Older {
  /** The first page that these go on from: another one begins anew. */
  readonly behind: AuditResponse | null
  readonly lines: readonly AuditLine[]
  readonly next: string | null
  readonly isReading: boolean
  readonly problem: ApiProblem | null
}

const nothing: Older = { behind: null, lines: [], next: null, isReading: false, problem: null }
/** How often it is asked on by itself while a stretch of the log holds nothing that fits. */
const emptyStretches = 6

/** The log, the newest page first; older ones follow when they are asked for. */
export function useLog(filter: AuditFilter): Log {
  const { device } = useDesk()
  const read = (before: string | null) => readOn((from) => device.api.audit(askedOf(filter), from), before)
  const first = useLoaded(auditAddress(filter), () => read(null))
  const [kept, setOlder] = useState<Older>(nothing)
  const older = kept.behind === first.value ? kept : { ...nothing, behind: first.value, next: first.value?.next ?? null }
  async function readOlder(): Promise<void> {
    if (older.isReading || older.next === null) return
    setOlder({ ...older, isReading: true, problem: null })
    const page = await read(older.next)
    setOlder((now) => {
      if (now.behind !== older.behind) return now
      if (!page.ok) return { ...older, isReading: false, problem: page.problem }
      return { ...older, lines: [...older.lines, ...page.value.lines], next: page.value.next, isReading: false, problem: null }
    })
  }
  return {
    first, lines: [...(first.value?.lines ?? []), ...older.lines], hasOlder: older.next !== null, isReading: older.isReading, problem: older.problem,
    readOlder: () => void readOlder(),
  }
}

async function readOn(ask: (before: string | null) => Promise<Result<AuditResponse, ApiProblem>>, before: string | null): Promise<Result<AuditResponse, ApiProblem>> {
  let answer = await ask(before)
  for (let stretch = 1; stretch < emptyStretches && answer.ok && answer.value.lines.length === 0 && answer.value.next !== null; stretch += 1) answer = await ask(answer.value.next)
  return answer
}
