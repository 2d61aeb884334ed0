import type { ObjectState } from '../../../src-main/contract/change'
import { cellText } from '../explore/visible-text'

/** What an event tells of the object: a sign, and the word for it. */
export const tellings: Readonly<Record<ObjectState['tells'], { readonly sign: string; readonly title: string }>> = {
  whole: { sign: '●', title: 'whole state' },
  partial: { sign: '◐', title: 'some fields' },
  gone: { sign: '○', title: 'gone' },
  came: { sign: '+', title: 'members came' },
  went: { sign: '−', title: 'members left' },
  failed: { sign: '✗', title: 'failed, nothing changed' }
}

/** How we know what was before. */
export const bases = { logged: 'logged', rebuilt: 'rebuilt', 'after-only': 'before not logged' } as const

/** What became of the object, on one line: the fields that differ, or what the event tells of it. */
export function stateText({ tells, basis, fields }: ObjectState): string {
  if (fields.length > 0 && tells !== 'gone' && tells !== 'failed') return cellText(fields.join(', '), 200)
  const compared = basis === 'rebuilt' || basis === 'logged'
  return compared && tells === 'whole' ? 'nothing differs' : tellings[tells].title
}
