import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findPersonalData, withoutContacts } from '#domain/personal-data.ts'

/** Pieces of which contacts, near-contacts and innocent words are put together. */
const piece = fc.constantFrom(
  ...'0123456789', '٣', '۷', '९', '+', '00', '(', ')', ' ', ' ', '.', '/', '-', ',', '@', '_', '%', '\u00A0', '\n', 'a', 'Ж', 'م', '水', '37', '1500', '2020-04-17', '250 000',
  'marie@example.org', '@awa_2020', 'tel ', 'house 14', 'Mrs Baptiste', 'Marie Baptiste', 'rue de la paix', '(0509) 37 05 12 34', '3705-1234',
)

describe('words without contacts', () => {
  it('[DO23] what is blotted out is what every kind is looked for in, of which contacts are taken', () => {
    fc.assert(fc.property(fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')), (text) => {
      // Exact points are blotted out before (DO820).
      fc.pre(!/(?:\p{Nd}[.,]\p{Nd}{4}.*){2}/su.test(text))
      const contacts = findPersonalData(text).filter(({ kind }) => kind === 'email' || kind === 'phone' || kind === 'handle')
      expect(withoutContacts(text)).toBe(contacts.reduceRight((kept, { start, end }) => `${kept.slice(0, start)}[…]${kept.slice(end)}`, text))
    }), { numRuns: 3000 })
  })
})
