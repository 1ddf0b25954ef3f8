// @ts-check

/**
 * Texts by their names; a table of lists has such a table under each.
 * @typedef {{ readonly [name: string]: unknown }} Table
 * @typedef {readonly (string | readonly [string, Names])[]} Names
 */

/**
 * The names of a table, in the order in which `valuesOf` writes what stands under them.
 * @param {Table | undefined} table
 * @returns {Names}
 */
export function namesOf(table = {}) {
  return Object.entries(table).map(([name, value]) => (isTable(value) ? [name, namesOf(value)] : name))
}

/**
 * What the table says under these names and no others: in another order, or one more, would put words under a name that is not theirs.
 * @param {Table} table
 * @param {Names} names
 * @returns {readonly unknown[]}
 */
export function valuesOf(table, names) {
  const [has, wanted] = [Object.keys(table).length, names.length]
  if (has !== wanted) throw new Error(`${has} names where English has ${wanted}`)
  return names.map((about) => {
    const [name, inner] = typeof about === 'string' ? [about, null] : about
    const value = Object.hasOwn(table, name) ? table[name] : undefined
    if (value === undefined || isTable(value) !== (inner !== null)) throw new Error(`no ${name} as English has it`)
    return inner === null ? value : valuesOf(/** @type {Table} */ (value), inner)
  })
}

/**
 * @param {unknown} value
 * @returns {value is Table}
 */
function isTable(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
