// Three asterisks or more; or one character, asterisks and one character, as short words are masked. `*` and `**` are wildcards.
const mask = /\*{3,}|^[^\s*]\*+[^\s*]$/
const longestMasked = 200

/** Asterisks stand in place of the value, or of a part of it (`a***m`): what it was cannot be told, so it is never compared. */
export const isMasked = (value: unknown): boolean =>
  typeof value === 'string' && value.length <= longestMasked && !value.includes('\n') && mask.test(value)
