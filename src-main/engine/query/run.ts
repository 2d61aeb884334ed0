import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { AppError } from '../../contract/errors'
import type { Field, RecordField } from '../../contract/event'
import type { Filter } from '../../contract/filter'
import type { EventMarks } from '../../contract/marks'
import type { IdAsked, IdCounts, NameOf } from '../../contract/names'
import type { AnswerTo, Early, Query } from '../../contract/query'
import type { Source } from '../../contract/source'
import type { SqlResult } from '../../contract/sql-result'
import type { RecordPathCounts, RecordValueCounts, ValueCount } from '../../contract/values'
import { DeepRows } from './deep-rows'
import { marksAnswer } from './marks-sql'
import { idsAnswer, namesAnswer } from './names-sql'
import { passesAnswer } from './passes-sql'
import { plainValue } from './plain'
import { answer } from './query-sql'
import { pathsLike, type RecordSample, sampleRecords, valuesLike } from './record-sample'
import { RecordSearches, type Resolved } from './record-searches'
import { resolveQuery } from './searched-query'
import { readOnly } from './sql'
import { readsTables } from './sql-check'
import type { Run, SqlRow, Statement } from './statement'
import { valuesAnswer } from './values-sql'
import { fieldsBesideRecords } from './words-fields'
import { WordsIndex } from './words-index'
import { WordsIndexing } from './words-indexing'

interface Job {
  readonly ticket: string | undefined
  connection?: DuckDBConnection
  canceled?: true
  /** Ends the waiting for a connection. */
  wake?: () => void
}

/** Evidence of a case: which rows are its records, and what they were read with. */
interface Held {
  readonly sha256: string
  readonly firstRow: number
  readonly records: number
  readonly definitions: readonly Source[]
}

const canceled = () => new AppError('canceled', 'The query was cancelled.')

/** An interrupt between two statements is forgotten, so it is repeated until the job has ended. */
function end(job: Job): void {
  if (job.canceled) return
  job.canceled = true
  job.wake?.()
  const repeat = setInterval(() => (job.connection ? job.connection.interrupt() : clearInterval(repeat)), 20)
  job.connection?.interrupt()
}

/** Questions asked of one case, several beside each other, each on a connection of its own so that one can be cancelled alone. */
export class Asking {
  private readonly instance: DuckDBInstance
  private readonly most: number
  private readonly idle: DuckDBConnection[] = []
  private opened = 0
  private readonly waiting: Job[] = []
  private readonly jobs = new Set<Job>()
  private readonly running = new Map<string, Promise<readonly SqlRow[]>>()
  private readonly words: RecordSearches
  private readonly index: WordsIndex | undefined
  /** Makes the index of words, in quiet moments. */
  readonly indexing: WordsIndexing | undefined
  private readonly deep = new DeepRows()
  private sample: Promise<RecordSample> | undefined
  private closed = false

  /** `indexFolder`: where an index of words may be kept; without one, words are looked for in every record. */
  constructor(instance: DuckDBInstance, connections = 6, indexFolder?: string) {
    this.instance = instance
    this.index = indexFolder === undefined ? undefined : new WordsIndex(indexFolder)
    this.words = new RecordSearches(instance, this.index)
    this.indexing = this.index && new WordsIndexing(instance, this.index, () => this.jobs.size > 0)
    this.most = connections
  }

  /** Answers a query; a later `cancel` of the same ticket ends it. `early`: with what of its words has been found so far. */
  ask<Q extends Query>(query: Q, ticket?: string, early?: Early): Promise<AnswerTo<Q>> {
    return this.job(ticket, (own) =>
      this.holding(own, early, async (resolve) => {
        const resolved = await resolveQuery(query, resolve)
        const { searched } = resolved
        const answered = await this.connected(own, (run) => answer(resolved.query, run, this.deep))
        return (searched ? { ...answered, searched } : answered) as AnswerTo<Q>
      })
    )
  }

  /** Does something with the filter once all that it looks for in records has been found; the ticket cancels the looking only. */
  async found<T>(filter: Filter, work: (filter: Filter) => Promise<T>, ticket?: string): Promise<T> {
    const own: Job = { ticket }
    return this.holding(own, undefined, async (resolve) => {
      const resolved = await this.job(ticket, () => resolve(filter), own)
      return work(resolved.filter)
    })
  }

  /** What is found for filters stays until the work is done that asks for it. */
  private async holding<T>(
    own: Job,
    early: Early | undefined,
    work: (resolve: (filter: Filter) => Promise<Resolved>) => Promise<T>
  ): Promise<T> {
    // Who waits for words to be found holds no connection: others go on asking.
    const short: Run = (statement) => this.connected(own, (run) => run(statement))
    const given = () => own.canceled === true
    const held: (() => void)[] = []
    try {
      return await work((filter) => this.words.resolve(filter, short, early, given, (release) => held.push(release)))
    } finally {
      for (const release of held) release()
    }
  }

  /** Whether the event in a row passes each of the filters. */
  passes(row: number, filters: readonly Filter[]): Promise<readonly boolean[]> {
    return this.work(undefined, (run) => passesAnswer(row, filters, run))
  }

  /** Values of a field that hold the text, those beginning with it first, with their counts. */
  values(field: Field, text: string, limit: number, ticket?: string): Promise<readonly ValueCount[]> {
    return this.work(ticket, (run) => valuesAnswer(field, text, limit, run))
  }

  /** Paths of records that hold the text, as seen in some records of each file. */
  async recordPaths(text: string, limit: number): Promise<RecordPathCounts> {
    const sample = await this.recordSample()
    return { looked: sample.looked, paths: pathsLike(sample, text, limit) }
  }

  /** Values at a path of records, as seen in some records of each file. */
  async recordValues(field: RecordField, text: string, limit: number): Promise<RecordValueCounts> {
    const sample = await this.recordSample()
    return { looked: sample.looked, values: valuesLike(sample, field, text, limit) }
  }

  /** Looked at once, and again when the case has changed. */
  private recordSample(): Promise<RecordSample> {
    this.sample ??= this.work(undefined, sampleRecords)
    this.sample.catch(() => {
      this.sample = undefined
    })
    return this.sample
  }

  /** What directories call these ids. */
  namesOf(asked: readonly IdAsked[]): Promise<readonly (readonly NameOf[])[]> {
    return this.work(undefined, (run) => namesAnswer(asked, run))
  }

  /** The ids that the events hold, those that a directory names or those that none does. */
  ids(named: boolean, limit: number, offset: number): Promise<IdCounts> {
    return this.work(undefined, (run) => idsAnswer(named, limit, offset, run))
  }

  /** What analysts put on the records in these rows. */
  marksOf(rows: readonly number[]): Promise<readonly Omit<EventMarks, '_id'>[]> {
    return this.work(undefined, (run) => marksAnswer(rows, run))
  }

  /** An analyst's own SQL, which can only read. */
  sql(text: string, limit: number, ticket?: string): Promise<SqlResult> {
    return this.work(ticket, (_, connection) => readOnly(connection, text, limit))
  }

  /** Whether an analyst's SQL reads tables of the case, and not only what the database says of itself. */
  readsTables(text: string): Promise<boolean> {
    return this.work(undefined, (_, connection) => readsTables(connection, text))
  }

  /** Events were marked: what runs now reads the case as it was, and who asks from now on does not share its answer. */
  marked(): void {
    this.running.clear()
    this.deep.forget('marked')
  }

  private changed(): void {
    this.running.clear()
    this.deep.forget()
    this.sample = undefined
  }

  /** The case holds this evidence from now on, and what has come so far of a file that is still imported. `importing`: more is to come. */
  async holds(evidence: readonly Held[], coming?: Held, importing = false): Promise<void> {
    this.changed()
    const all = coming ? [...evidence, coming] : evidence
    const fields = fieldsBesideRecords(all.flatMap(({ definitions }) => definitions))
    this.words.lookAt(fields)
    // What comes in the meantime goes before.
    if (coming || importing) return
    await this.indexing?.start(
      evidence.map(({ sha256, firstRow: first, records }) => ({ sha256, first, records })),
      fields
    )
  }

  /** Rows were taken out of the case: what is known of them by their numbers does not hold for those that get the numbers next. */
  tookOut(): void {
    this.changed()
    this.words.forget()
  }

  /** Ends what was asked under the ticket: it rejects with `canceled`. Other queries go on. */
  cancel(ticket: string): void {
    for (const job of this.jobs) if (job.ticket === ticket) end(job)
  }

  /** Cancels everything and closes the connections. */
  async close(): Promise<void> {
    this.closed = true
    for (const job of this.jobs) end(job)
    while (this.jobs.size > 0) await new Promise((resolve) => setTimeout(resolve, 5))
    for (const connection of this.idle.splice(0)) connection.closeSync()
    await this.words.close()
    await this.indexing?.stop()
    this.index?.close()
  }

  private work<T>(
    ticket: string | undefined,
    work: (run: Run, connection: DuckDBConnection) => Promise<T>
  ): Promise<T> {
    return this.job(ticket, (own) => this.connected(own, work))
  }

  /** Something that can be cancelled by its ticket. */
  private async job<T>(ticket: string | undefined, job: (own: Job) => Promise<T>, own: Job = { ticket }): Promise<T> {
    this.jobs.add(own)
    try {
      const result = await job(own)
      if (own.canceled) throw canceled()
      return result
    } catch (error) {
      throw own.canceled ? canceled() : readable(error)
    } finally {
      this.jobs.delete(own)
    }
  }

  /** A piece of a job that needs a connection, which is its own meanwhile. */
  private async connected<T>(own: Job, work: (run: Run, connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const connection = await this.connectionFor(own)
    own.connection = connection
    try {
      const run = async (statement: Statement) => {
        if (own.canceled) throw canceled()
        return this.shared(connection, statement)
      }
      if (own.canceled) throw canceled()
      return await work(run, connection)
    } finally {
      delete own.connection
      // An interrupted connection may be left in the middle of a transaction.
      if (own.canceled) this.discard(connection)
      else this.idle.push(connection)
      this.waiting.shift()?.wake?.()
    }
  }

  /** The same statement asked twice at a time runs once: a page counts its events in several places. */
  private async shared(connection: DuckDBConnection, statement: Statement): Promise<readonly SqlRow[]> {
    const key = [statement.sql, ...statement.values.map((value) => `${typeof value} ${value}`)].join('\0')
    // Where the other was cancelled, it has to be run after all.
    const rows = await this.running.get(key)?.catch(() => undefined)
    if (rows) return rows
    const answer = rowsOf(connection, statement)
    this.running.set(key, answer)
    try {
      return await answer
    } finally {
      if (this.running.get(key) === answer) this.running.delete(key)
    }
  }

  private discard(connection: DuckDBConnection): void {
    connection.closeSync()
    this.opened--
  }

  private async connectionFor(job: Job): Promise<DuckDBConnection> {
    for (;;) {
      if (job.canceled || this.closed) throw canceled()
      const idle = this.idle.pop()
      if (idle) return idle
      if (this.opened < this.most) {
        this.opened++
        return this.instance.connect()
      }
      await new Promise<void>((resolve) => {
        job.wake = resolve
        this.waiting.push(job)
      })
      delete job.wake
      const at = this.waiting.indexOf(job)
      if (at >= 0) this.waiting.splice(at, 1)
    }
  }
}

async function rowsOf(connection: DuckDBConnection, { sql, values }: Statement): Promise<SqlRow[]> {
  const reader = await connection.runAndReadAll(sql, [...values])
  const names = reader.deduplicatedColumnNames()
  return reader.getRows().map((row) => Object.fromEntries(row.map((value, index) => [names[index], plainValue(value)])))
}

/** What an analyst can mend is said so; the rest is a bug. */
function readable(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error
  const regex = /^Invalid Input Error: (?=(?:invalid|missing|no argument|bad|unexpected|trailing|pattern))(.*)/is.exec(
    error.message
  )
  return regex ? new AppError('query_syntax', `The regular expression cannot be read: ${regex[1]}`) : error
}
