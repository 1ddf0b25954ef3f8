import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

/*
 * A browser writes what stands in its forms to the disk: into the file by which it brings its tabs back (as long as the tab is there, on a phone for months), and
 * single lines into the list that it offers to whoever types next. Tried with Chromium 2026-11: neither where the form says `autocomplete="off"`, or the field itself.
 * The form says it, as Android gives a field that says it no suggestions for its words.
 */

const screens = (layer: string) => readdirSync(join('src', layer), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.tsx')).map((path) => ({ path, text: readFileSync(join('src', layer, path), 'utf8') }))
const talking = (layer: string) => screens(layer).flatMap(({ path, text }) => [...text.matchAll(/<form[^>]*>/gs)].filter(([form]) => !form.includes('autoComplete="off"')).map(() => path))

it('[VO750] every form of a volunteer in which words are written keeps them from the browser’s own files; who joins may be helped with the name of their organisation', () => {
  expect(screens('volunteer').length).toBeGreaterThan(100)
  expect(talking('volunteer')).toEqual([join('join', 'join-screen.tsx')])
})

it('[CO750] so does every form of the desk', () => {
  expect(talking('coordinator')).toEqual([])
})
