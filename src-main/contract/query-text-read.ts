import type { SyntaxNode } from '@lezer/common'
import { AppError } from './errors'
import type { AnyField } from './event'
import { eventIdFilter, isIdWord, sameEvents } from './event-ids'
import { allOf, everything, type Filter } from './filter'
import type { IdField } from './names'
import { spacedTime } from './query-text-clock'
import { fieldTitle, knownField, namesField, unknownField } from './query-text-field'
import { type MarkField, markField, markFilter } from './query-text-mark'
import { weekdays } from './query-text-print'
import {
  bareParts,
  bareValue,
  boxValue,
  type Fault,
  isFault,
  plainValue,
  rangeValue,
  unquoted
} from './query-text-value'
import { everyForm, lastForm } from './query-tokens'
import { regexFault } from './regex-fault'
import { patternOf } from './wildcard'
import type { Here } from './written-time'
import { isZone } from './zone'

const units: Readonly<Record<string, { unit: 'minutes' | 'hours' | 'days'; times: number }>> = {
  m: { unit: 'minutes', times: 1 },
  h: { unit: 'hours', times: 1 },
  d: { unit: 'days', times: 1 },
  w: { unit: 'days', times: 7 },
  mo: { unit: 'days', times: 30 },
  y: { unit: 'days', times: 365 }
}

const children = (node: SyntaxNode): SyntaxNode[] => {
  const found: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child)
  return found
}

/** Reads the parse tree of a text that has no syntax errors into the filter it means; what is wrong with it goes to `errors`. */
export class FilterReader {
  readonly errors: AppError[] = []
  private readonly text: string
  private readonly here: Here

  constructor(text: string, here: Here) {
    this.text = text
    this.here = here
  }

  private wrong(node: SyntaxNode, { fault, suggestion }: Fault): Filter {
    const place = { from: node.from, to: node.to, ...(suggestion ? { suggestion } : {}) }
    this.errors.push(new AppError('query_syntax', fault, place))
    return everything
  }

  private readonly written = (node: SyntaxNode) => this.text.slice(node.from, node.to)

  private phrase(node: SyntaxNode): string {
    const written = this.written(node)
    if (!/^"(?:[^"\\]|\\.)*"$/s.test(written))
      this.wrong(node, { fault: 'The closing quote is missing.', suggestion: `${written}"` })
    return unquoted(written)
  }

  read(node: SyntaxNode): Filter {
    const [first, second] = children(node)
    switch (node.name) {
      case 'Query':
        return first ? this.read(first) : everything
      case 'And':
        return this.all(this.parts(node))
      case 'Or':
        return { kind: 'or', of: this.parts(node).map((part) => this.read(part)) }
      case 'Not':
        return { kind: 'not', of: this.read(second as SyntaxNode) }
      case 'Group':
        return this.read(this.parts(node)[0] as SyntaxNode)
      case 'Phrase':
        return { kind: 'words', text: this.phrase(node) }
      case 'Text':
        return this.words(node)
      case 'Last':
        return this.last(node)
      case 'When':
        return this.value('@timestamp', node, false)
      case 'Every':
        return this.every(node)
      default:
        return this.clause(node)
    }
  }

  /** What stands between the keywords and parentheses. */
  private readonly parts = (node: SyntaxNode) =>
    children(node).filter((child) => !['OrWord', 'AndWord', '(', ')'].includes(child.name))

  private all(parts: readonly SyntaxNode[]): Filter {
    for (const [at, part] of parts.entries()) {
      const clock = parts[at + 1]
      if (part.name !== 'Clause' || clock?.name !== 'Text') continue
      const fault = spacedTime(this.text, part.from, clock.to)
      if (fault) this.errors.push(fault)
    }
    return allOf(...parts.map((part) => this.read(part)))
  }

  private words(node: SyntaxNode): Filter {
    const written = this.written(node)
    if (/^\*+$/.test(written)) return everything
    const text = written.replaceAll(/^\*+|\*+$/g, '')
    if (text.includes('*'))
      return this.wrong(node, {
        fault: 'Wildcards stand in the value of a field. To search for an asterisk, put the text in quotes.',
        suggestion: `"${text}"`
      })
    return { kind: 'words', text }
  }

  private last(node: SyntaxNode): Filter {
    const [, amount = '1', word = 'd'] = lastForm.exec(this.written(node)) ?? []
    const [, key = 'd'] = /^(mo|.)/i.exec(word) ?? []
    const { unit, times } = units[key.toLowerCase()] as (typeof units)[string]
    const length = Number(amount) * times
    if (length === 0) return this.wrong(node, { fault: 'The last 0 of anything is nothing.' })
    if (length > 999_999) return this.wrong(node, { fault: 'No log reaches back so far.' })
    return { kind: 'last', amount: length, unit }
  }

  private every(node: SyntaxNode): Filter {
    const [, day = '', hour = '', zone = this.here.zone] = everyForm.exec(this.written(node)) ?? []
    if (Number(hour) > 23) return this.wrong(node, { fault: `There is no hour ${hour}: write 0 to 23.` })
    if (!isZone(zone)) return this.wrong(node, { fault: `There is no time zone called "${zone}".`, suggestion: 'UTC' })
    const weekday = (weekdays as readonly string[]).indexOf(`${day.toLowerCase()}day`)
    return { kind: 'hour', weekday, hour: Number(hour), zone }
  }

  private clause(node: SyntaxNode): Filter {
    const [name, operator, value] = children(node) as [SyntaxNode, SyntaxNode, SyntaxNode | undefined]
    const named = namesField(this.written(name))
    if (named) return this.named(named.field, value ?? operator)
    if (isIdWord(this.written(name))) return this.events(value ?? operator)
    const mark = markField(this.written(name))
    if (mark) return this.marked(mark, value ?? operator)
    const field = knownField(this.written(name))
    if (!field) {
      // Of a text that is none, the first few mistakes are enough.
      if (this.errors.length < 100) {
        const { from, to } = name
        this.errors.push(unknownField(this.written(name), { from, to }))
      }
      return everything
    }
    return this.value(field, value ?? operator, operator.name === 'Equals')
  }

  private value(field: AnyField, node: SyntaxNode, exact: boolean): Filter {
    const checked = (found: Filter | Fault) => (isFault(found) ? this.wrong(node, found) : found)
    switch (node.name) {
      case 'Phrase':
        return checked(plainValue(field, this.phrase(node), this.here, exact))
      case 'When':
        return checked(plainValue(field, this.written(node), this.here, exact))
      case 'Value': {
        const written = this.written(node)
        if (exact && written === '*')
          return this.wrong(node, { fault: `To ask whether ${fieldTitle(field)} is present, write ${field}:*` })
        const literal = exact ? bareParts(written).map((part) => (typeof part === 'string' ? part : part.any)) : []
        return checked(
          exact ? plainValue(field, literal.join(''), this.here, true) : bareValue(field, written, this.here)
        )
      }
      case 'Regex':
        return this.regex(field, node, exact)
      case 'Comparison':
        return checked(this.comparison(field, node))
      case 'Range':
        return checked(this.range(field, node))
      case 'Not':
        return { kind: 'not', of: this.value(field, node.lastChild as SyntaxNode, exact) }
      case 'And':
        return this.both(field, node, exact)
      case 'Or':
        return oneOfAll(this.parts(node).map((part) => this.value(field, part, exact)))
      default:
        return this.value(field, this.parts(node)[0] as SyntaxNode, exact)
    }
  }

  /** What directories call ids: a whole name or address, with wildcards. */
  private named(field: IdField | undefined, node: SyntaxNode): Filter {
    const called = (pattern: string): Filter => ({ kind: 'named', pattern, ...(field ? { field } : {}) })
    return this.patterns(node, called, 'A name is written as it is, with * for any letters: names:ali*')
  }

  /** What the analyst marked: `is:starred`, a tag by its whole name, what a comment has in it. */
  private marked(field: MarkField, node: SyntaxNode): Filter {
    return this.patterns(
      node,
      (pattern, at) => {
        const found = markFilter(field, pattern)
        return isFault(found) ? this.wrong(at, found) : found
      },
      'A mark is written as it is, with * for any letters: tag:exfil*, comment:phish, is:starred'
    )
  }

  /** Single events, by what identifies them. */
  private events(node: SyntaxNode): Filter {
    const one = (id: string, at: SyntaxNode) => {
      const found = eventIdFilter(id)
      return isFault(found) ? this.wrong(at, found) : found
    }
    return sameEvents(
      this.patterns(node, one, 'Events are named by their ids: _id:(4f2a90c1d3e7-12 or 4f2a90c1d3e7-31)')
    )
  }

  /** Whole texts with wildcards, one or several; `fault` says how else they are written. */
  private patterns(node: SyntaxNode, of: (pattern: string, node: SyntaxNode) => Filter, fault: string): Filter {
    const again = (part: SyntaxNode) => this.patterns(part, of, fault)
    switch (node.name) {
      case 'Value':
        return of(patternOf(bareParts(this.written(node))), node)
      case 'Phrase':
        return of(patternOf([this.phrase(node)]), node)
      case 'Or':
        return { kind: 'or', of: this.parts(node).map(again) }
      case 'And':
        return allOf(...this.parts(node).map(again))
      case 'Not':
        return { kind: 'not', of: again(node.lastChild as SyntaxNode) }
      case 'List':
        return again(this.parts(node)[0] as SyntaxNode)
      default:
        return this.wrong(node, { fault })
    }
  }

  private both(field: AnyField, node: SyntaxNode, exact: boolean): Filter {
    const parts = this.parts(node)
    const joined = children(node).filter((child) => child.name === 'AndWord').length === parts.length - 1
    if (!joined) {
      const suggestion = parts
        .map(this.written)
        .join(' or ')
        .replaceAll(/,(?= or |$)/g, '')
      return this.wrong(node, { fault: 'Between several values write "or" or "and".', suggestion })
    }
    return allOf(...parts.map((part) => this.value(field, part, exact)))
  }

  private regex(field: AnyField, node: SyntaxNode, exact: boolean): Filter {
    const written = this.written(node).slice(1, -1)
    const wrong = regexFault(written)
    if (wrong) {
      const from = node.from + 1 + wrong.at
      this.errors.push(new AppError('query_syntax', wrong.fault, { from, to: from + 1 }))
    }
    const pattern = written.replaceAll(/\\(.)/gs, (pair, letter) => (letter === '/' ? '/' : pair))
    return { kind: 'regex', field, pattern, ...(exact ? { exact } : {}) }
  }

  private bound(node: SyntaxNode) {
    if (node.name === 'Phrase') return { text: this.phrase(node), quoted: true }
    const text = bareParts(this.written(node)).map((part) => (typeof part === 'string' ? part : part.any))
    return { text: text.join(''), quoted: false }
  }

  private comparison(field: AnyField, node: SyntaxNode): Filter | Fault {
    const [compare, value] = children(node) as [SyntaxNode, SyntaxNode]
    const sign = this.written(compare)
    const ends = { above: sign === '>', including: sign === '<=' }
    const bound = this.bound(value)
    return rangeValue(field, sign.startsWith('>') ? { from: bound, ...ends } : { to: bound, ...ends }, this.here)
  }

  private range(field: AnyField, node: SyntaxNode): Filter | Fault {
    const [open, low, , high, close] = children(node) as SyntaxNode[]
    const [from, to] = [low, high].map((end) => this.bound(end as SyntaxNode))
    if (field === 'source.geo.location') return boxValue(from?.text ?? '', to?.text ?? '')
    const isOpen = (end: typeof from) => !end || (!end.quoted && end.text === '*')
    return rangeValue(
      field,
      {
        ...(from && !isOpen(from) ? { from } : {}),
        ...(to && !isOpen(to) ? { to } : {}),
        above: open?.name === 'RangeAbove',
        including: close?.name === 'RangeTo'
      },
      this.here
    )
  }
}

/** Plain values of one field joined by `or` are one clause, first of all. */
function oneOfAll(filters: readonly Filter[]): Filter {
  const plain = filters.flatMap((filter) => (filter.kind === 'is' ? [filter] : []))
  const [first] = plain
  if (!first) return { kind: 'or', of: filters }
  const together = { ...first, values: plain.flatMap(({ values }) => values) }
  const others = filters.filter(({ kind }) => kind !== 'is')
  return others.length === 0 ? together : { kind: 'or', of: [together, ...others] }
}
