// @ts-check
import { pathToFileURL } from 'node:url'
import { parse } from '@formatjs/icu-messageformat-parser'
import { namesOf, valuesOf } from './names-once.mjs'

const messages = /\/src\/i18n\/[a-z]{2}\/(?!language)[a-z-]+\.ts$/
/** Every phone keeps these in all languages, and reads them in one. */
const onPhones = /\/src\/i18n\/(?:[a-z]{2}\/(?:common|volunteer|volunteer-screens)|labels\/(?:home\/)?[a-z]{2})\.ts$/
const namesFrom = 'terrain-names:'

/**
 * Parses the messages when the app is built, so that no phone loads the parser of ICU messages: a fifth of a kilobyte more in
 * a catalogue, seven kilobytes less in the first visit. And takes from what a phone keeps in six languages the names that all of them
 * share. The server and the tests read the same catalogues as text, with their names.
 *
 * @returns {import('vite').Plugin}
 */
export function parsedMessages() {
  return {
    name: 'terrain-parsed-messages',
    apply: 'build',
    enforce: 'pre',
    config: () => ({ resolve: { alias: { '@formatjs/icu-messageformat-parser': '@formatjs/icu-messageformat-parser/no-parser.js' } } }),
    resolveId: (id) => (id.startsWith(namesFrom) ? `\0${id}` : null),
    async load(id) {
      if (id.startsWith(`\0${namesFrom}`)) return exported(await tablesOf(id.slice(1 + namesFrom.length)), (table) => JSON.stringify(namesOf(table)))
      if (!messages.test(id) && !onPhones.test(id)) return null
      const said = await tablesOf(id)
      if (!onPhones.test(id)) return exported(said, (table) => JSON.stringify(parsed(table)))
      const english = id.replace(/(?<=\/)[a-z]{2}(?=\.ts$|\/[a-z-]+\.ts$)/, 'en')
      const names = await tablesOf(english)
      /** Labels are shown as they stand, apostrophes and all. @param {Table} table */
      const made = (table) => (messages.test(id) ? parsed(table) : table)
      return [
        "import { named } from '#i18n/named.ts'",
        `import * as names from ${JSON.stringify(namesFrom + english)}`,
        exported(said, (table, name) => `named(names.${name}, ${JSON.stringify(valuesOf(made(table), namesOf(names[name])))})`),
      ].join('\n')
    },
  }
}

/** @typedef {import('./names-once.mjs').Table} Table */

/**
 * What a file of the catalogues exports.
 * @param {string} file
 * @returns {Promise<Record<string, Table>>}
 */
async function tablesOf(file) {
  return import(pathToFileURL(file).href)
}

/**
 * @param {Record<string, Table>} tables
 * @param {(table: Table, name: string) => string} written
 */
function exported(tables, written) {
  return Object.entries(tables).map(([name, table]) => `export const ${name} = ${written(table, name)}`).join('\n')
}

/**
 * What has nothing to put in stays text, as `createTranslator` expects it.
 *
 * @param {Table} table
 */
function parsed(table) {
  return Object.fromEntries(Object.entries(table).map(([key, message]) => [key, typeof message === 'string' && /[{']/.test(message) ? parse(message, { ignoreTag: true, captureLocation: false }) : message]))
}
