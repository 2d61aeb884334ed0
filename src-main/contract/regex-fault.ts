/** What is wrong with a regular expression, and where in it. */
export interface RegexFault {
  readonly at: number
  readonly fault: string
}

/** What our databases cannot read in a regular expression (RE2: every search takes linear time); undefined where they can. */
export function regexFault(pattern: string): RegexFault | undefined {
  const open: number[] = []
  /** Whether there is something that a quantifier could repeat; `stands`: or could, were it not repeated already. */
  let repeatable = false
  let stands = false
  let at = 0
  while (at < pattern.length) {
    const rest = pattern.slice(at, at + 200)
    const here = rest[0] as string
    if (here === '\\') {
      const fault = escapeFault(rest)
      if (fault) return { at, fault }
      repeatable = stands = true
      at += escapeLength(pattern, at)
    } else if (here === '[') {
      const end = classEnd(pattern, at)
      if (end === undefined) return { at, fault: 'This [ is not closed: write \\[ for the bracket itself.' }
      repeatable = stands = true
      at = end
    } else if (here === '(') {
      const group = /^\((?:\?(?:P<\w+>|[imsU]*(?:-[imsU]+)?[:)]))?/.exec(rest)?.[0] ?? '('
      if (group === '(' && rest.startsWith('(?'))
        return {
          at,
          fault: `"${rest.slice(0, 3)}" cannot be read: there is no looking ahead or behind, and a name is (?P<name>…).`
        }
      const flagsOnly = group.endsWith(')')
      if (!flagsOnly) open.push(at)
      repeatable = flagsOnly && stands
      stands = repeatable
      at += group.length
    } else if (here === ')') {
      if (open.pop() === undefined) return { at, fault: 'This ) closes nothing: write \\) for the parenthesis itself.' }
      repeatable = stands = true
      at += 1
    } else if (/^(?:[*+?]|\{\d+(?:,\d*)?\})/.test(rest)) {
      const [times = '', low = '0', high = low] = /^(?:[*+?]|\{(\d+)(?:,(\d*))?\})\??/.exec(rest) ?? []
      if (!repeatable) return { at, fault: `"${times}" has nothing before it to repeat: write \\${here} for itself.` }
      if (Number(low) > 1000 || Number(high) > 1000)
        return { at, fault: 'No more than 1000 repetitions can be asked for.' }
      if (high !== '' && Number(high) < Number(low)) return { at, fault: `"${times}" ends before it begins.` }
      repeatable = false
      at += times.length
    } else {
      repeatable = here !== '|'
      stands = repeatable
      at += 1
    }
  }
  const unclosed = open.pop()
  return unclosed === undefined
    ? undefined
    : { at: unclosed, fault: 'This ( is not closed: write \\( for the parenthesis itself.' }
}

function escapeFault(rest: string): string | undefined {
  const letter = rest[1]
  if (letter === undefined) return 'A backslash at the end stands before nothing: write \\\\ for itself.'
  // Two digits and more are a character by its octal number.
  if (/^\\(?:[1-7](?![0-7])|[89])/.test(rest))
    return `"\\${letter}" cannot be read: there is no looking back at a group.`
  if (/[\p{L}\p{N}]/u.test(letter) && !/[0-9abfnrtvdDsSwWbBAzpPQxC]/.test(letter))
    return `"\\${letter}" means nothing in a regular expression.`
  return undefined
}

function escapeLength(pattern: string, at: number): number {
  if (pattern.startsWith('\\Q', at)) {
    const end = pattern.indexOf('\\E', at)
    return (end < 0 ? pattern.length : end + 2) - at
  }
  return /^\\[pPx]\{[^}]*\}|^\\./su.exec(pattern.slice(at, at + 200))?.[0].length ?? 1
}

/** Where the class of characters that begins here ends. */
function classEnd(pattern: string, from: number): number | undefined {
  let at = from + 1
  if (pattern[at] === '^') at++
  // At the beginning a closing bracket stands for itself.
  let first = true
  const past = (one: number) => one + (pattern[one] === '\\' ? 2 : 1)
  while (at < pattern.length) {
    if (pattern[at] === ']' && !first) return at + 1
    first = false
    const named = pattern.startsWith('[:', at) ? pattern.indexOf(':]', at + 2) : -1
    if (named >= 0) at = named + 2
    // What a range ends with stands for itself, a bracket too.
    else at = pattern[past(at)] === '-' && pattern[past(at) + 1] !== ']' ? past(past(at) + 1) : past(at)
  }
  return undefined
}
