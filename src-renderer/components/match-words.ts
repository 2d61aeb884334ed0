/** How well what is typed finds a line of a list, from 0, not at all: every word has to stand in it; what begins so comes first. */
export function matchWords(line: string, typed: string, keywords: readonly string[] = []): number {
  const [text, sought] = [`${line} ${keywords.join(' ')}`.toLowerCase(), typed.trim().toLowerCase()]
  if (!sought.split(/\s+/).every((word) => text.includes(word))) return 0
  if (text.startsWith(sought)) return 1
  return text.includes(` ${sought}`) ? 0.75 : 0.5
}
