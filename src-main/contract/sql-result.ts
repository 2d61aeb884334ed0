export interface SqlResult {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly (readonly unknown[])[]
  /** There are more rows than these. */
  readonly more: boolean
  /** The answer ends before the limit: its values are too long to be held at once. */
  readonly cut?: true
  readonly seconds: number
}
