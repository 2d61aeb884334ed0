import type { CaseState } from '../../src-main/contract/case'

/** What answers are made of. */
export interface Known {
  readonly case: CaseState | null
  readonly marks: { readonly revision: number }
}

/** What an answer was made of: it is old once this is another. Marks count only for who asks about them. */
export function revisionFor({ case: state, marks }: Known, asked: object): string {
  const ofMarks = /"kind":"marked"|"select":"marks"/.test(JSON.stringify(asked))
  return ofMarks ? `${state?.revision} ${marks.revision}` : `${state?.revision}`
}
