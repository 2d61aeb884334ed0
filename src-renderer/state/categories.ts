import { type Category, categories } from '../../src-main/contract/event'

/** A category, or none where the log's action fits no category we know. */
export type CategoryMark = Category | 'none'
export const categoryMarks: readonly CategoryMark[] = [...categories, 'none']

export type Theme = 'dark' | 'light'

/**
 * The hues of Okabe and Ito's palette, moved until all ten stay apart for the three common colour deficiencies on both grounds.
 * A test holds them to it.
 */
export const categoryColours: Record<Theme, Record<CategoryMark, string>> = {
  dark: {
    authentication: '#30afcf',
    session: '#6a7dda',
    iam: '#f29645',
    configuration: '#7cd3a6',
    application: '#b75ea3',
    extension: '#c3beff',
    data: '#b14c13',
    billing: '#e5d253',
    system: '#ab9393',
    none: '#706e6b'
  },
  light: {
    authentication: '#035c93',
    session: '#5b8be6',
    iam: '#b37c03',
    configuration: '#07835f',
    application: '#84356d',
    extension: '#9464b3',
    data: '#881b02',
    billing: '#706301',
    system: '#4f433c',
    none: '#8e8e8a'
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
