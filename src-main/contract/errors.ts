/** What an analyst can act on. The code is for programs, the sentence names the file and the way out. */
export type ErrorCode =
  | 'case_missing'
  | 'case_damaged'
  | 'case_held'
  | 'case_exists'
  | 'no_case'
  | 'case_newer'
  | 'file_missing'
  | 'file_denied'
  | 'file_empty'
  | 'file_changed'
  | 'file_not_a_log'
  | 'file_truncated'
  | 'file_encoding'
  | 'disk_full'
  | 'source_invalid'
  | 'source_unknown'
  | 'source_ambiguous'
  | 'source_unmapped'
  | 'geo_invalid'
  | 'record_missing'
  | 'evidence_damaged'
  | 'query_syntax'
  | 'field_unknown'
  | 'sql_refused'
  | 'connector_invalid'
  | 'connector_unknown'
  | 'connection_unknown'
  | 'settings_invalid'
  | 'secret_missing'
  | 'vault_locked'
  | 'passphrase_wrong'
  | 'unreachable'
  | 'certificate_refused'
  | 'host_refused'
  | 'sign_in_refused'
  | 'not_permitted'
  | 'rate_limited'
  | 'answer_refused'
  | 'events_off'
  | 'secret_echoed'
  | 'pull_unknown'
  | 'canceled'
  | 'engine_gone'
  | 'usage'

export interface ErrorDetail {
  readonly file?: string
  /** Where in the query text, 0-based. */
  readonly from?: number
  readonly to?: number
  /** What could stand there instead. */
  readonly suggestion?: string
  /** What a server answered. */
  readonly status?: number
  /** Of a server that was not reached: how far it went. */
  readonly step?: 'address' | 'connection' | 'certificate'
  /** Ids of the source definitions between which the analyst must choose. */
  readonly sources?: readonly string[]
}

export class AppError extends Error {
  readonly code: ErrorCode
  readonly detail: ErrorDetail
  constructor(code: ErrorCode, sentence: string, detail: ErrorDetail = {}) {
    super(sentence)
    this.name = 'AppError'
    this.code = code
    this.detail = detail
  }
}

/** An error as it crosses a wire. */
export interface ErrorData {
  readonly code: ErrorCode | 'bug'
  readonly message: string
  readonly detail: ErrorDetail
}

export function errorData(error: unknown): ErrorData {
  if (error instanceof AppError) return { code: error.code, message: error.message, detail: error.detail }
  return { code: 'bug', message: error instanceof Error ? error.message : String(error), detail: {} }
}

export function errorFrom(data: ErrorData): Error {
  return data.code === 'bug' ? new Error(data.message) : new AppError(data.code, data.message, data.detail)
}

export const isCancel = (error: unknown): boolean => error instanceof AppError && error.code === 'canceled'

/** What the analyst could act on is no reason to stop where there is another way. */
export function unlessBug(error: unknown): undefined {
  if (!(error instanceof AppError)) throw error
}
