import { describe, expect, it } from 'vitest'
import { cellText, visibleText } from '../../../src-renderer/components/explore/visible-text'

describe('text that hides something', () => {
  it.each([
    ['invoice\u202Efdp.exe', 'invoice⟨U+202E⟩fdp.exe'],
    ['ad\u200Bmin', 'ad⟨U+200B⟩min'],
    ['\u2066isolated\u2069', '⟨U+2066⟩isolated⟨U+2069⟩'],
    ['bell\u0007', 'bell⟨U+0007⟩'],
    ['back\r', 'back⟨U+000D⟩'],
    ['\uFEFFbom', '⟨U+FEFF⟩bom'],
    ['tag\u{E0041}', 'tag⟨U+E0041⟩']
  ])('%j shows it', (text, shown) => {
    expect(visibleText(text)).toBe(shown)
  })

  it.each(['Zoë Almeida', 'שלום', 'مرحبا', '東京', 'two\nlines\tand a tab', '👩‍💻', '<img src=x onerror=alert(1)>'])(
    '%j is left as it is',
    (text) => {
      expect(visibleText(text)).toBe(text)
    }
  )

  it('is cut for a cell, on one line', () => {
    expect(cellText('a\n\nb\tc\n\td')).toBe('a ⏎ b ⇥ c ⏎⇥ d')
    expect(cellText('x'.repeat(10_000))).toBe(`${'x'.repeat(300)}…`)
  })
})
