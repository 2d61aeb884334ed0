const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** Numbers and ids that are the same on every run for the same seed, so that the samples never change by themselves. */
export function random(seed) {
  let state = 2166136261
  for (const letter of seed) state = Math.imul(state ^ letter.charCodeAt(0), 16777619)
  const number = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const int = (from, to) => from + Math.floor(number() * (to - from + 1))
  const text = (length, letters) => Array.from({ length }, () => letters[int(0, letters.length - 1)]).join('')
  const hex = (length) => text(length, '0123456789abcdef')
  return {
    number,
    int,
    hex,
    chance: (probability) => number() < probability,
    pick: (list) => list[int(0, list.length - 1)],
    base58: (length) => text(length, base58),
    upper: (length) => text(length, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'),
    digits: (length) => text(length, '0123456789'),
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${text(1, '89ab')}${hex(3)}-${hex(12)}`
  }
}
