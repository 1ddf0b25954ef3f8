import { isCode, places, withoutComments, type HouseRule, type SourceFile } from './source-file.ts'

const rawMarkup = /\bstyle=\{|\bdangerouslySetInnerHTML\b|\.(?:inner|outer)HTML\s*=|\binsertAdjacentHTML\b|\bdocument\.write\b|\beval\(|\bnew Function\(/g

/** Text between tags: no braces, and none of the signs that tell code between `>` and `<` from words. */
const wordsBetweenTags = />[^<>{}=;()&|]*\p{L}{2,}[^<>{}=;()&|]*<\//gu
const spokenAttributes = /\b(?:aria-label|aria-description|aria-roledescription|title|placeholder|alt|label)="[^"]*\p{L}{2,}[^"]*"/gu

const pureLayers = /^src\/(?:domain|protocol|i18n|chart|report|exchange)\//
const clocksAndChance = /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bperformance\.now\b|\bgetRandomValues\b|\brandomUUID\b/g

/** Put together from halves, so that this file does not find itself. */
const leftovers = new RegExp(`\\b(?:${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].join('|')})\\b`, 'g')
const unrunTests = /\b(?:it|test|describe|suite)(?:\.\w+)*\.(?:only|skip|skipIf|runIf|todo|fixme|fails|fail)\b|\bx(?:it|test|describe)\(/g

export const markupPastTheFramework: HouseRule = (files) => code(files).flatMap((file) => places(file, rawMarkup))

export const wordsOutsideCatalogues: HouseRule = (files) =>
  code(files)
    .filter(({ path }) => path.endsWith('.tsx'))
    .flatMap((file) => [...places(file, wordsBetweenTags), ...places(file, spokenAttributes)])
/** What gives up after a second, or after the few seconds that somebody thought enough. */
const hasty = /\bvi\.waitFor\(|\bvi\.waitUntil\(|\b(?:find(?:All)?By\w+|waitFor)\(.*\{ timeout: \d{3,4} \}/g

/** What makes every later file of a process load its modules anew, while the databases and globals that they count stay. */
const takenApart = /\bvi\.resetModules\(/g

export const modulesTakenApart: HouseRule = (files) => code(files).filter(({ path }) => !path.endsWith('-alone.test.ts')).flatMap((file) => places(file, takenApart))

export const hiddenInputs: HouseRule = (files) =>
  code(files)
    .filter(({ path }) => pureLayers.test(path))
    .flatMap((file) => places(file, clocksAndChance))

export const leftoverNotes: HouseRule = (files) => files.flatMap((file) => places(file, leftovers))

export const hastyWaits: HouseRule = (files) => code(files).filter(({ path }) => path.startsWith('tests/') && path !== 'tests/support/eventually.ts').flatMap((file) => places(file, hasty))

export const unrunTestsIn: HouseRule = (files) => code(files).flatMap((file) => places(file, unrunTests))

function code(files: readonly SourceFile[]): readonly SourceFile[] {
  return files.filter(isCode).map(({ path, text }) => ({ path, text: withoutComments(text) }))
}
