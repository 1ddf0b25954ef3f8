import type { Photo } from '#domain/entry.ts'

/** The device writes the photos of a draft, so they have the form of the schema. */
export function photosOf(value: unknown): readonly Photo[] {
  return Array.isArray(value) ? (value as readonly Photo[]) : []
}
