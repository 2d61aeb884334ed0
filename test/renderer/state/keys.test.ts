import { describe, expect, it } from 'vitest'
import { Keys, keyLabel, matches, type Shortcut } from '../../../src-renderer/state/keys.svelte'

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', true>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held
})

function pressed(keys: Keys, key: string, held: Parameters<typeof press>[1] = {}): boolean {
  const event = {
    ...press(key, held),
    defaultPrevented: false,
    isComposing: false,
    target: null,
    composedPath: () => [],
    preventDefault
  }
  let prevented = false
  function preventDefault(): void {
    prevented = true
  }
  keys.handle(event as unknown as KeyboardEvent)
  return prevented
}

describe('a shortcut', () => {
  it.each([
    ['mod+k', press('k', { ctrlKey: true }), true],
    ['mod+k', press('k', { metaKey: true }), true],
    ['mod+k', press('k'), false],
    ['k', press('k', { ctrlKey: true }), false],
    ['mod+shift+z', press('Z', { ctrlKey: true, shiftKey: true }), true],
    ['mod+z', press('Z', { ctrlKey: true, shiftKey: true }), false],
    ['shift+x', press('X', { shiftKey: true }), true],
    ['x', press('X', { shiftKey: true }), false],
    // Where the question mark lies differs from keyboard to keyboard; what it is does not.
    ['?', press('?', { shiftKey: true }), true],
    ['?', press('?'), true],
    ['+', press('+', { shiftKey: true }), true],
    ['-', press('-'), true],
    ['ArrowDown', press('ArrowDown'), true],
    ['alt+1', press('1', { altKey: true }), true]
  ] as const)('%s, pressed as %o: %s', (keys, event, meant) => expect(matches(keys, event)).toBe(meant))

  it('is printed as the keys of the machine', () => {
    expect([keyLabel('mod+shift+z', true), keyLabel('mod+k', false), keyLabel('+', false)]).toEqual([
      '⌘⇧Z',
      'Ctrl K',
      '+'
    ])
  })
})

describe('the keys', () => {
  const said: string[] = []
  const says = (title: string, keys: string, more: Partial<Shortcut> = {}): Shortcut => ({
    scope: 'Test',
    keys: [keys],
    title,
    run: () => said.push(title),
    ...more
  })

  it('give way to what was added last, and come back when that is gone', () => {
    const keys = new Keys()
    keys.add(says('page', 'j'))
    const remove = keys.add(says('dialog', 'j'))
    pressed(keys, 'j')
    remove()
    pressed(keys, 'j')
    expect(said.splice(0)).toEqual(['dialog', 'page'])
  })

  it('leave a key alone that has no meaning now', () => {
    const keys = new Keys()
    keys.add(says('undo', 'u', { when: () => false }))
    expect(pressed(keys, 'u')).toBe(false)
    expect(said).toEqual([])
    expect(keys.active).toEqual([])
  })
})
