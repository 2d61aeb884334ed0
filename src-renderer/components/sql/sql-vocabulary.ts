import { fieldInfo, isField } from '../../../src-main/contract/event'
import type { Engine } from '../../../src-main/contract/rpc'

export interface Column {
  readonly table: string
  readonly name: string
  readonly type: string
  /** What it means. */
  readonly about: string
}

export interface SqlFunction {
  readonly name: string
  readonly kind: string
  readonly call: string
  readonly about: string
}

/** What a statement is made of: the tables with their columns, and DuckDB's functions, as the engine at hand has them. */
export interface Vocabulary {
  readonly columns: readonly Column[]
  readonly functions: readonly SqlFunction[]
}

export const tables: Readonly<Record<string, string>> = {
  event: 'The events, columns named like the fields.',
  record: 'Every record of the evidence with its text and its place, event or not.',
  name: 'What directory files call the ids of the log.',
  mark: 'Stars, tags and comments that analysts put on events.'
}

const recordColumns: Readonly<Record<string, string>> = {
  _id: 'What identifies the event or record in the case: the same in event and record.',
  evidence: 'The name of the file.',
  sha256: 'The hash of the file.',
  status: 'event, undated, unreadable or blank.',
  record: 'Its number in the file, from 1.',
  line: 'The line it begins on, from 1.',
  offset: 'The byte it begins at, of the file as unpacked.',
  length: 'Its length in bytes.',
  why: 'Why it could not be read.',
  text: 'The record exactly as logged.',
  document: 'The record as JSON.',
  kind: 'What the id is of: user, group, application …',
  id: 'The id as it stands in the log.',
  name: 'What a person calls it.',
  email: 'Its e-mail address.',
  file: 'The directory file that says so.',
  mark: 'star, tag or comment.',
  author: 'Who put it there.',
  moment: 'When, in UTC.'
}

const columnsSql = `SELECT table_name, column_name, data_type FROM duckdb_columns()
  WHERE table_name IN ('event', 'record', 'name', 'mark') ORDER BY table_name, column_index`
const functionsSql = `SELECT function_name, any_value(function_type),
    first(coalesce(array_to_string(parameters, ', '), '') ORDER BY len(parameters)), coalesce(any_value(description), '')
  FROM duckdb_functions()
  WHERE function_type IN ('scalar', 'aggregate', 'macro') AND regexp_full_match(function_name, '[a-z]\\w*') AND schema_name = 'main'
  GROUP BY function_name ORDER BY function_name`

/** Asks the engine for the words of its SQL. */
export async function vocabularyOf(engine: Engine): Promise<Vocabulary> {
  const [columns, functions] = await Promise.all([engine.sql(columnsSql, 1000), engine.sql(functionsSql, 5000)])
  return {
    columns: columns.rows.map((row) => {
      const [table, name, type] = row.map(String) as [string, string, string]
      const about = isField(name) ? fieldInfo(name).about : (recordColumns[name] ?? '')
      return { table, name, type, about }
    }),
    functions: functions.rows.map((row) => {
      const [name, kind, parameters, about] = row.map(String) as [string, string, string, string]
      return { name, kind, call: `${name}(${parameters})`, about }
    })
  }
}
