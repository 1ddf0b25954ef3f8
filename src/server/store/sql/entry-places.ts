import { randomInt } from 'node:crypto'
import type { EntryId } from '#domain/ids.ts'

/** Of 32 bits, an id has so many. */
const words = 4
const fewest = 1024

/**
 * Which entry stands at which place, from 0 on without a gap, and the other way round. An id (a UUID by its schema) is sixteen bytes here, and found by open
 * addressing over whole numbers: as texts in a map, a hundred thousand take ten megabytes of the heap, and V8 keeps half as much again free beside what it holds.
 */
export class EntryPlaces {
  #ids = new Uint32Array(words * fewest)
  /** A place and one, where its id is looked for or right behind; 0 where nothing stands. Never more than half full. */
  #slots = new Int32Array(2 * fewest)
  #size = 0
  /** The id that is asked for, so that no list of it has to be made. */
  readonly #asked = new Uint32Array(words)
  readonly #seed: number

  /** @param seed whoever does not know it cannot make ids that all lie on one heap */
  constructor(seed: number = randomInt(2 ** 32)) {
    this.#seed = seed
  }

  get size(): number {
    return this.#size
  }

  /** Undefined for one that has no place. */
  placeOf(id: EntryId): number | undefined {
    readId(id, this.#asked)
    const place = (this.#slots[this.#slotOf(this.#asked, 0)] ?? 0) - 1
    return place === -1 ? undefined : place
  }

  idAt(place: number): EntryId {
    if (place >= this.#size) throw new Error(`nothing stands at ${place}`)
    const hex = Array.from(this.#ids.subarray(words * place, words * (place + 1)), (word) => word.toString(16).padStart(8, '0')).join('')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as EntryId
  }

  /** Behind the last one. Only for one that has no place. */
  add(id: EntryId): number {
    if (words * (this.#size + 1) > this.#ids.length) this.#grow()
    const place = this.#size
    readId(id, this.#asked)
    this.#ids.set(this.#asked, words * place)
    this.#slots[this.#slotOf(this.#asked, 0)] = place + 1
    this.#size += 1
    return place
  }

  /** The last one takes its place. */
  remove(place: number): void {
    const last = this.#size - 1
    this.#leave(this.#slotOf(this.#ids, words * place))
    if (place !== last) {
      this.#slots[this.#slotOf(this.#ids, words * last)] = place + 1
      this.#ids.copyWithin(words * place, words * last, words * (last + 1))
    }
    this.#size = last
  }

  /** Where the id that stands in these words is, or would be. */
  #slotOf(of: Uint32Array, from: number): number {
    const slots = this.#slots
    const mask = slots.length - 1
    let slot = this.#hashOf(of, from) & mask
    for (let place = (slots[slot] ?? 0) - 1; place !== -1 && !this.#stands(place, of, from); place = (slots[slot] ?? 0) - 1) slot = (slot + 1) & mask
    return slot
  }

  #stands(place: number, of: Uint32Array, from: number): boolean {
    const ids = this.#ids
    for (let word = 0; word < words; word += 1) if (ids[words * place + word] !== of[from + word]) return false
    return true
  }

  #hashOf(of: Uint32Array, from: number): number {
    let hash = this.#seed
    for (let word = 0; word < words; word += 1) {
      hash = Math.imul(hash ^ (of[from + word] ?? 0), 0x9e3779b1)
      hash ^= hash >>> 15
    }
    return hash
  }

  /** Empties a slot, and moves up what was put behind it only because it was full: a search ends at the first empty one. */
  #leave(slot: number): void {
    const slots = this.#slots
    const mask = slots.length - 1
    let empty = slot
    for (let next = (slot + 1) & mask; (slots[next] ?? 0) !== 0; next = (next + 1) & mask) {
      const wanted = this.#hashOf(this.#ids, words * ((slots[next] ?? 0) - 1)) & mask
      if (((next - wanted) & mask) < ((next - empty) & mask)) continue
      slots[empty] = slots[next] ?? 0
      empty = next
    }
    slots[empty] = 0
  }

  #grow(): void {
    const ids = new Uint32Array(words * Math.ceil((this.#ids.length / words) * 1.5))
    ids.set(this.#ids)
    this.#ids = ids
    if (2 * (ids.length / words) <= this.#slots.length) return
    this.#slots = new Int32Array(2 * this.#slots.length)
    for (let place = 0; place < this.#size; place += 1) this.#slots[this.#slotOf(ids, words * place)] = place + 1
  }
}

/** Letter by letter: pieces of a text are texts again. */
function readId(id: EntryId, into: Uint32Array): void {
  let word = 0
  let digits = 0
  for (let at = 0; at < id.length; at += 1) {
    const code = id.charCodeAt(at)
    if (code === dash) continue
    word = (word << 4) | (code - (code < letterA ? digit0 : letterA - 10))
    digits += 1
    if (digits % 8 === 0) into[digits / 8 - 1] = word
  }
}

const [dash, digit0, letterA] = [45, 48, 97]
