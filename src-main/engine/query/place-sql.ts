import type { Field } from '../../contract/event'
import { placeColumns } from '../store/schema'

/** What of `place` stands behind a looked-up field; undefined for a field that is stored. */
export const placeColumn = (field: Field): string | undefined => placeColumns[field]

/**
 * The addresses of the case for which a condition on `address` holds. It is tried once per address, not once per event:
 * without MATERIALIZED the database would move it back to the events.
 */
export const addressWhere = (condition: string, family: 4 | 6): string =>
  `"source.ip" IN (WITH addresses AS MATERIALIZED (SELECT DISTINCT "source.ip" AS address FROM entry WHERE ${
    family === 4 ? 'NOT ' : ''
  }contains("source.ip", ':')) SELECT address FROM addresses WHERE ${condition})`

/** The addresses whose place the condition on the columns of `place` holds for. */
export const placeWhere = (condition: string): string => `"source.ip" IN (SELECT ip FROM place WHERE ${condition})`
