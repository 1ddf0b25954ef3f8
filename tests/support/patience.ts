import process from 'node:process'

/**
 * How long a test waits for what comes by itself, however busy the machine is. The limit ends what never comes, and measures nothing: where a fault was
 * planted (`tests/faults`) that is what is expected, and it is a shorter one.
 */
export const patienceMs = Number(process.env['TERRAIN_PATIENCE_MS'] ?? 30_000)
