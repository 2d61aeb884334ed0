import type { ObjectState } from '../../../src-main/contract/rpc'

/** What an event tells of the object: a sign, and the word for it. */
export const tellings: Readonly<Record<ObjectState['tells'], { readonly sign: string; readonly title: string }>> = {
  whole: { sign: '●', title: 'whole state' },
  partial: { sign: '◐', title: 'some fields' },
  gone: { sign: '○', title: 'gone' },
  came: { sign: '+', title: 'members came' },
  went: { sign: '−', title: 'members left' },
  failed: { sign: '✗', title: 'failed, nothing changed' }
}

export const bases = { logged: 'logged', rebuilt: 'rebuilt', 'after-only': 'before not logged' } as const
