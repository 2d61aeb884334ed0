// Characters that show nothing, or turn the text around them: directional marks and overrides, zero-width ones, controls.
// Joined emoji stay whole.
const unseen = /(?![\t\n])(?<!\p{Extended_Pictographic}\uFE0F?)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** A text with its invisible characters named, so that a log cannot dress one name up as another: `admin⟨U+202E⟩nimda`. */
export const visibleText = (text: string): string =>
  text.replace(unseen, (one) => `⟨U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`)

/** On one line and no longer than a cell can show; the whole stands in the detail. */
export const cellText = (text: string, longest = 300): string =>
  visibleText(text.length > longest ? `${text.slice(0, longest)}…` : text).replace(
    /[\t\n]+/g,
    (run) => ` ${run.includes('\n') ? '⏎' : ''}${run.includes('\t') ? '⇥' : ''} `
  )
