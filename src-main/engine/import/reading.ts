/** The document of a record, as JSON text, where it is not the record's own; or why there is none. */
export type Reading =
  | {
      readonly document: string
      /** Made of a table's cells: JSON of one line, in which nothing needs an escape any more. */
      readonly cells?: true
    }
  | { readonly flag: string }
