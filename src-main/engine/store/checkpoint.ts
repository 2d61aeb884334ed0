import { setTimeout as pause } from 'node:timers/promises'
import type { DuckDBConnection } from '@duckdb/node-api'

/**
 * Writes what was committed into its place in the file. DuckDB does so only while nothing else is at work in the case; what the window is
 * asking meanwhile is waited for a moment, and if it asks on, closing the case does it.
 */
export async function checkpoint(writer: DuckDBConnection): Promise<void> {
  for (let tries = 0; tries < 40; tries++) {
    try {
      await writer.run('CHECKPOINT')
      return
    } catch (error) {
      if (!(error instanceof Error) || !error.message.includes('Cannot CHECKPOINT')) throw error
      await pause(50)
    }
  }
}
