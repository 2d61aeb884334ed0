import type { ChangeKind } from '../../../src-main/contract/compare'

/** How each kind of change is shown: a sign and a word, never its colour alone. */
export const changes: Readonly<
  Record<ChangeKind, { readonly title: string; readonly sign: string; readonly class: string }>
> = {
  new: { title: 'new', sign: '+', class: 'text-success' },
  gone: { title: 'gone', sign: '−', class: 'text-failure' },
  up: { title: 'up', sign: '↑', class: 'text-text' },
  down: { title: 'down', sign: '↓', class: 'text-dim' },
  same: { title: 'same', sign: '', class: 'text-faint' }
}
