import { useEffect, useMemo, useRef, useState } from 'react'
import { facetNames } from '#protocol/desk.ts'
import type { EntriesResponse, FacetName } from '#protocol/desk.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { useFresh } from '#coordinator/fresh/use-fresh.ts'
import { areaNames, noNames } from '#coordinator/queue/facet-words.ts'
import type { CampaignNames } from '#coordinator/queue/facet-words.ts'
import { codesChosen, narrowingFromAddress, searchFromAddress } from '#coordinator/queue/queue-address.ts'
import type { QueueAddress } from '#coordinator/queue/queue-address.ts'

export interface FacetCounts {
  /** Of the facets that are open, as far as they have been answered; those of the last address stay until the next ones come. */
  readonly counts: EntriesResponse['facets']
  readonly names: CampaignNames
  readonly isOpen: (name: FacetName) => boolean
  readonly setOpen: (name: FacetName, isOpen: boolean) => void
  /** The last question got no answer: what stands there is of before. */
  readonly hasFailed: boolean
  readonly again: () => void
}

const openAtFirst: readonly FacetName[] = ['kind', 'state', 'severity', 'topic']

/** Only what is open, and on the screen, is asked for: each facet costs the server a count. `asOf` is when the list was read, which goes before. */
export function useFacets(address: QueueAddress, asOf: number | null, isShown: boolean): FacetCounts {
  const { device, membership, words } = useDesk()
  const [toggled, setToggled] = useState<Readonly<Partial<Record<FacetName, boolean>>>>({})
  const [counts, setCounts] = useState<EntriesResponse['facets']>({})
  const [called, setCalled] = useState(noNames)
  const [hasFailed, setFailed] = useState(false)
  const [round, setRound] = useState(0)
  const isOpen = (name: FacetName) => toggled[name] ?? (openAtFirst.includes(name) || codesChosen(address, name).length > 0)
  const open = isShown ? facetNames.filter(isOpen).join(',') : ''
  const search = searchFromAddress({ ...address, sort: 'oldest' })

  const { campaign } = membership
  // A list of fifteen hundred areas is looked at once, and not at each key.
  const areas = useMemo(() => areaNames(campaign, words.locale), [campaign, words.locale])
  const { assignees } = useFresh()
  const latest = useRef(address)
  useEffect(() => {
    latest.current = address
  })

  useEffect(() => {
    if (open === '' || asOf === null) return
    let isCurrent = true
    const facets = facetNames.filter((name) => open.split(',').includes(name))
    void device.api.entries({ ...narrowingFromAddress(latest.current), limit: 0, facets }).then((result) => {
      if (!isCurrent) return
      setFailed(!result.ok)
      if (!result.ok) return
      setCounts(result.value.facets)
      const { author = {}, assignee = {}, device: phones = {}, adm1 = {} } = result.value.names ?? {}
      setCalled((before) => ({ author: { ...before.author, ...author }, assignee: { ...before.assignee, ...assignee }, device: { ...before.device, ...phones }, areas: { ...before.areas, ...adm1 } }))
    })
    return () => {
      isCurrent = false
    }
  }, [device, open, search, asOf, assignees, round])

  return {
    counts,
    // What entries call a region is for those that the campaign does not list.
    names: { ...called, areas: { ...called.areas, ...areas } },
    isOpen, hasFailed,
    again: () => setRound((count) => count + 1),
    setOpen: (name, is) => setToggled((before) => ({ ...before, [name]: is })),
  }
}
