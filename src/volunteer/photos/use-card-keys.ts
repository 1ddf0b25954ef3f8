import { useState } from 'react'
import type { Photo } from '#domain/entry.ts'
import type { Sha256 } from '#domain/ids.ts'

interface Card { readonly sha256: Sha256; readonly key: number }

/** What each photo's card is known by while the photos come and go: what is typed on a card is its photo's. */
export function useCardKeys(photos: readonly Photo[]): readonly number[] {
  const [cards, setCards] = useState<readonly Card[]>([])
  const now = cardsOf(cards, photos)
  if (now.length !== cards.length || now.some((card, at) => card !== cards[at])) setCards(now)
  return now.map(({ key }) => key)
}

/** A photo whose faces were hidden is another file and still this one: it stands in the place of one that is gone, among as many as before. */
function cardsOf(before: readonly Card[], photos: readonly Photo[]): readonly Card[] {
  const names = new Set(photos.map(({ sha256 }) => sha256))
  const first = 1 + Math.max(0, ...before.map(({ key }) => key))
  return photos.map(({ sha256 }, at) => {
    const former = before[at]
    const isInstead = former !== undefined && before.length === photos.length && !names.has(former.sha256)
    return before.find((card) => card.sha256 === sha256) ?? { sha256, key: isInstead ? former.key : first + at }
  })
}
