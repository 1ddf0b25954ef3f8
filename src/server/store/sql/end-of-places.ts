import { sql } from 'kysely'

/**
 * Above any place of any log or chain. Of what lies above a place that it does not know, PostgreSQL supposes that it is a third of all, reads the whole table for it or
 * makes a plan for each question; of what lies between two places, that it is little. Where little is asked for, this is the other place.
 */
export const endOfPlaces = sql.lit(Number.MAX_SAFE_INTEGER)
