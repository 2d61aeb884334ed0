import { type Category, categories } from '../../src-main/contract/event'

/** A category, or none where the log's action fits no category we know. */
export type CategoryMark = Category | 'none'
export const categoryMarks: readonly CategoryMark[] = [...categories, 'none']

export type Theme = 'dark' | 'light'

/** Derived from Okabe and Ito's palette, moved in lightness until all ten stay apart for the three common colour deficiencies. */
export const categoryColours: Record<Theme, Record<CategoryMark, string>> = {
  dark: {
    authentication: '#56b4e9',
    session: '#0072b2',
    iam: '#e69f00',
    configuration: '#009e73',
    application: '#cc79a7',
    extension: '#b7a6f5',
    data: '#d55e00',
    billing: '#f0e442',
    system: '#8a8f98',
    none: '#55595f'
  },
  light: {
    authentication: '#2a8bc4',
    session: '#00497a',
    iam: '#b87a00',
    configuration: '#007a59',
    application: '#b04f86',
    extension: '#7a62d0',
    data: '#c24e00',
    billing: '#8f8500',
    system: '#6b7078',
    none: '#a3a7ad'
  }
}

/** The letter that stands beside the colour. */
export const categoryLetters: Record<CategoryMark, string> = {
  authentication: 'A',
  session: 'S',
  iam: 'I',
  configuration: 'C',
  application: 'P',
  extension: 'E',
  data: 'D',
  billing: 'B',
  system: 'Y',
  none: '–'
}

export const isCategory = (value: unknown): value is Category => categories.some((category) => category === value)

/** The mark of whatever `event.category` holds. */
export const categoryMark = (value: unknown): CategoryMark => (isCategory(value) ? value : 'none')

/** Success and failure are told apart by sign first; absent is neither. */
export const outcomes = {
  success: { sign: '✓', title: 'Success', variable: '--success' },
  failure: { sign: '✗', title: 'Failure', variable: '--failure' },
  absent: { sign: '–', title: 'Not logged', variable: '--text-faint' }
} as const
export type OutcomeMark = keyof typeof outcomes

export const outcomeMark = (value: unknown): OutcomeMark =>
  value === 'success' || value === 'failure' ? value : 'absent'
