import type { EvidenceWindow } from '../../../src-main/contract/evidence'

/** What is typed to go somewhere in a file: `line 12` or `:12`, a byte as `8000`, `8,000` or `0x1f40`; null where it is neither. */
export function placeTyped(typed: string): EvidenceWindow['at'] | null {
  const text = typed
    .trim()
    .toLowerCase()
    .replaceAll(/[,_\s]/g, '')
  const line = /^(?:line|l|:)(\d{1,15})$/.exec(text)?.[1]
  if (line !== undefined) return Number(line) > 0 ? { line: Number(line) } : null
  const byte = /^(?:bytes?|offset|@)?(0x[0-9a-f]{1,13}|\d{1,15})$/.exec(text)?.[1]
  return byte === undefined ? null : { offset: Number(byte) }
}
