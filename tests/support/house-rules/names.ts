import { isCode, type HouseRule } from './source-file.ts'

const maxLines = 300

/** Data that a program wrote, of which nobody reads the whole. */
const generated = [/^src\/i18n\/labels\//, /^src\/domain\/codes\//, /\.json$/]

const drawers = /(?:^|\/)(?:utils?|helpers?|misc|types|hooks)(?:\/|\.[a-z.]+$)/
const kebab = /^(?:README\.md|[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)*)$/

/** Tables that a program puts into a page stand between marks. */
const writtenIn = /<!-- [^>]*written by npm run bench -->[\s\S]*?<!-- end of [^>]*-->/g

export const longFiles: HouseRule = (files) =>
  files
    .filter(({ path }) => !generated.some((pattern) => pattern.test(path)))
    .map(({ path, text }) => ({ path, lines: text.replaceAll(writtenIn, '').trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > maxLines)
    .map(({ path, lines }) => `${path} has ${lines} lines`)

export const unclearNames: HouseRule = (files) =>
  files.map(({ path }) => path).filter((path) => drawers.test(path) || path.split('/').some((part) => !kebab.test(part)))

export const barrels: HouseRule = (files) =>
  files.filter((file) => isCode(file) && /(?:^|\/)index\.tsx?$/.test(file.path)).map(({ path }) => path)
