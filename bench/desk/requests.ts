import { topics } from '../../src/domain/codes/code-lists.ts'
import { facetNames } from '../../src/protocol/desk.ts'
import { apiPrefix } from '../../src/protocol/version.ts'
import { KeepAlive } from '../load/keep-alive.ts'
import type { Samples } from '../runner/benchmark.ts'
import { dice } from './desk-data.ts'
import type { DeskServer } from './filled-store.ts'

const sorts = ['oldest', 'newest', 'severity', 'waiting'] as const
const openFacets = 'kind,state,severity,topic,country'
/** In six languages: common words and rare ones, whole and begun, names, numbers and refs. */
const words = ['water', 'school', 'ecole', 'eau', 'escuela', 'المدرسه', 'الماء', 'вода', 'школа', '学校', '水', 'widow', 'n1234', 'rad', 'Place 12', 'water school closed', 'Awa', 'C-000777', 'c', 'généra']
const views = ['state=received&state=edited', 'state=hasIssues', 'state=approved', '', 'question=answered', 'conflict=fields&conflict=verdicts', 'warning=personal-phone', 'topic=EDU&country=HTI&q=water']

/** What a desk asks for, each kind so often in a round. */
export const kinds = {
  'filtered, sorted page of 50': 24,
  'search': words.length,
  'page with the open facets': 12,
  'search with the open facets': words.length,
  'page with all facets': 8,
  'counts of eight views': 8,
} as const

export type Kind = keyof typeof kinds

/** Nothing, one facet, or several: as people narrow. */
function someFilter(roll: () => number): string {
  const topic = topics[Math.floor(topics.length ** roll()) - 1] ?? 'EDU'
  const filters = ['', 'state=received&state=edited', `state=received&topic=${topic}`, `topic=${topic}&country=HTI&country=MLI`, 'kind=challenge&severity=5&severity=4', 'lang=ar&photo=yes', 'organisation=Organisation%203', 'warning=personal-phone', 'state=approved&from=2026-03-01&to=2026-03-31', `adm1=Region%20${1 + Math.floor(roll() * 30)}&source=rumour`]
  return filters[Math.floor(roll() * filters.length)] ?? ''
}

/** A desk whose questions are the same in every run. */
export class DeskAsker {
  readonly #server: DeskServer
  readonly #client: KeepAlive
  readonly #roll = dice(11)
  #asked = 0

  constructor(server: DeskServer) {
    this.#server = server
    this.#client = new KeepAlive(server.server.url)
  }

  async get(path: string): Promise<number> {
    const { ms } = await this.#client.request({ path: `${apiPrefix}${path}`, token: this.#server.token })
    return ms
  }

  /** Each kind by itself, so that the processor's time is that of the kind. */
  async round(): Promise<Samples> {
    const samples: Record<string, readonly number[]> = {}
    for (const [kind, times] of Object.entries(kinds) as [Kind, number][]) {
      const before = this.#server.server.used()
      const took: number[] = []
      for (let at = 0; at < times; at += 1) took.push(await this.get(this.#pathOf(kind)))
      const used = this.#server.server.used()
      samples[kind] = took
      samples[`${kind}, the slow ones`] = took
      samples[`${kind}, processor`] = [(used.server - before.server + used.database - before.database) / times]
    }
    return samples
  }

  close(): void {
    this.#client.close()
  }

  #pathOf(kind: Kind): string {
    this.#asked += 1
    const sort = sorts[this.#asked % sorts.length] ?? 'oldest'
    const q = encodeURIComponent(words[this.#asked % words.length] ?? '')
    const filter = someFilter(this.#roll)
    if (kind === 'filtered, sorted page of 50') return `/entries?sort=${sort}&${filter}`
    if (kind === 'search') return `/entries?q=${q}&sort=${sort}`
    if (kind === 'page with the open facets') return `/entries?sort=${sort}&${filter}&facets=${openFacets}`
    if (kind === 'search with the open facets') return `/entries?q=${q}&facets=${openFacets}`
    if (kind === 'page with all facets') return `/entries?sort=${sort}&${filter}&facets=${facetNames.join(',')}`
    return `/entries/counts?${views.map((view) => `of=${encodeURIComponent(view)}`).join('&')}`
  }
}
