import { describe, expect, it } from 'vitest'
import { defaultTaste, Preferences } from '../../../src-renderer/state/preferences.svelte'

function storage(initial?: string) {
  let kept = initial ?? null
  return {
    getItem: () => kept,
    setItem: (_: string, text: string) => {
      kept = text
    }
  }
}
const dark = { current: true }

describe('preferences', () => {
  it('come back as they were left', () => {
    const kept = storage()
    new Preferences(kept, dark).set({ density: 'compact', layout: { columns: ['@timestamp', 'user.name'] } })
    expect(new Preferences(kept, dark).taste).toEqual({
      ...defaultTaste,
      density: 'compact',
      layout: { columns: ['@timestamp', 'user.name'] }
    })
  })

  it('are the defaults where what was kept is broken, or of another kind', () => {
    expect(new Preferences(storage('{"theme":'), dark).taste).toEqual(defaultTaste)
    expect(new Preferences(storage('{"detailWidth":"wide","layout":[]}'), dark).taste).toEqual(defaultTaste)
    expect(new Preferences(null, dark).taste).toEqual(defaultTaste)
  })

  it('follow the system where told to', () => {
    const preferences = new Preferences(storage(), { current: false })
    expect(preferences.theme).toBe('dark')
    preferences.set({ theme: 'system' })
    expect(preferences.theme).toBe('light')
  })

  it('remember the zones and texts used last, each once', () => {
    const preferences = new Preferences(storage(), dark)
    for (const zone of ['Asia/Tokyo', 'UTC', 'Europe/Berlin', 'Asia/Tokyo']) preferences.setZone(zone)
    expect(preferences.taste.recentZones).toEqual(['Asia/Tokyo', 'Europe/Berlin'])
    for (const text of ['login', '', 'user.name:alice', 'login']) preferences.rememberQuery(text)
    expect(preferences.taste.recentQueries).toEqual(['login', 'user.name:alice'])
  })

  it('show times in a real zone even when it is called local', () => {
    const preferences = new Preferences(storage(), dark)
    preferences.setZone('local')
    expect(preferences.zone).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone)
  })
})
