import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { categoryColours, categoryLetters, categoryMarks, type Theme } from '../../../src-renderer/state/categories'
import { contrast, distance, linearOf, type Vision, visions } from './colour'

const css = readFileSync('src-renderer/app.css', 'utf8')

/** The tokens of one theme, as the style sheet has them. */
function tokens(theme: Theme): (name: string) => string {
  const start = css.indexOf(`[data-theme="${theme}"] {`)
  const block = css.slice(start, css.indexOf('}', start))
  return (name) => new RegExp(`--${name}: ([^;]+);`).exec(block)?.[1] ?? `no token ${name}`
}

const grounds = ['ground', 'surface', 'raised'] as const
const themes = ['dark', 'light'] as const

describe.each(themes)('in the %s theme', (theme) => {
  const token = tokens(theme)
  const ratio = (one: string, other: string) => contrast(linearOf(token(one)), linearOf(token(other)))

  it.each(['text', 'text-dim', 'text-faint', 'accent-text', 'failure', 'warning', 'success'])(
    '%s can be read on every ground, also under the pointer',
    (name) => {
      for (const ground of [...grounds, 'hover']) expect(ratio(name, ground)).toBeGreaterThanOrEqual(4.5)
    }
  )

  it.each(['accent', 'line-strong'])('%s is seen on every ground', (name) => {
    for (const ground of grounds) expect(ratio(name, ground)).toBeGreaterThanOrEqual(3)
  })

  it('the primary button can be read', () => expect(ratio('on-accent', 'accent-fill')).toBeGreaterThanOrEqual(4.5))

  it.each(categoryMarks)('the colour of %s is seen on every ground', (mark) => {
    for (const ground of grounds)
      expect(contrast(linearOf(categoryColours[theme][mark]), linearOf(token(ground)))).toBeGreaterThanOrEqual(3)
  })

  it.each(Object.keys(visions) as Vision[])('no two categories look alike with %s', (vision) => {
    const least = vision === 'normal' ? 0.12 : 0.07
    for (const [at, one] of categoryMarks.entries())
      for (const other of categoryMarks.slice(at + 1)) {
        const apart = distance(linearOf(categoryColours[theme][one]), linearOf(categoryColours[theme][other]), vision)
        expect(apart, `${one} and ${other}`).toBeGreaterThanOrEqual(least)
      }
  })
})

it('each category has a letter of its own', () => {
  expect(new Set(Object.values(categoryLetters)).size).toBe(10)
})
