import type { SyntaxNode } from '@lezer/common'
import { AppError } from './errors'
import type { AnyField } from './event'
import { allOf, everything, type Filter } from './filter'
import { isZone } from './instant'
import type { IdField } from './names'
import { fieldTitle, knownField, namesField, unknownField } from './query-text-field'
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
import { patternOf } from './wildcard'

const units: Readonly<Record<string, { unit: 'minutes' | 'hours' | 'days'; times: number }>> = {
  m: { unit: 'minutes', times: 1 },
  h: { unit: 'hours', times: 1 },
  d: { unit: 'days', times: 1 },
  w: { unit: 'days', times: 7 }
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
  private readonly zone: string

  constructor(text: string, zone: string) {
    this.text = text
    this.zone = zone
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
        return allOf(...this.parts(node).map((part) => this.read(part)))
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
      case 'Every':
        return this.every(node)
      default:
        return this.clause(node)
    }
  }

  /** What stands between the keywords and parentheses. */
  private readonly parts = (node: SyntaxNode) =>
    children(node).filter((child) => !['OrWord', 'AndWord', '(', ')'].includes(child.name))

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
    const { unit, times } = units[word[0]?.toLowerCase() ?? 'd'] as (typeof units)[string]
    if (Number(amount) === 0) return this.wrong(node, { fault: 'The last 0 of anything is nothing.' })
    return { kind: 'last', amount: Number(amount) * times, unit }
  }

  private every(node: SyntaxNode): Filter {
    const [, day = '', hour = '', zone = this.zone] = everyForm.exec(this.written(node)) ?? []
    if (Number(hour) > 23) return this.wrong(node, { fault: `There is no hour ${hour}: write 0 to 23.` })
    if (!isZone(zone)) return this.wrong(node, { fault: `There is no time zone called "${zone}".`, suggestion: 'UTC' })
    const weekday = (weekdays as readonly string[]).indexOf(`${day.toLowerCase()}day`)
    return { kind: 'hour', weekday, hour: Number(hour), zone }
  }

  private clause(node: SyntaxNode): Filter {
    const [name, operator, value] = children(node) as [SyntaxNode, SyntaxNode, SyntaxNode | undefined]
    const named = namesField(this.written(name))
    if (named) return this.named(named.field, value ?? operator)
    const field = knownField(this.written(name))
    if (!field) {
      this.errors.push(unknownField(this.written(name), name.from, name.to))
      return everything
    }
    return this.value(field, value ?? operator, operator.name === 'Equals')
  }

  private value(field: AnyField, node: SyntaxNode, exact: boolean): Filter {
    const checked = (found: Filter | Fault) => (isFault(found) ? this.wrong(node, found) : found)
    switch (node.name) {
      case 'Phrase':
        return checked(plainValue(field, this.phrase(node), this.zone, exact))
      case 'Value': {
        const written = this.written(node)
        if (exact && written === '*')
          return this.wrong(node, { fault: `To ask whether ${fieldTitle(field)} is present, write ${field}:*` })
        const literal = exact ? bareParts(written).map((part) => (typeof part === 'string' ? part : part.any)) : []
        return checked(
          exact ? plainValue(field, literal.join(''), this.zone, true) : bareValue(field, written, this.zone)
        )
      }
      case 'Regex':
        return { kind: 'regex', field, pattern: regexPattern(this.written(node)) }
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
    switch (node.name) {
      case 'Value':
        return called(patternOf(bareParts(this.written(node))))
      case 'Phrase':
        return called(patternOf([this.phrase(node)]))
      case 'Or':
        return { kind: 'or', of: this.parts(node).map((part) => this.named(field, part)) }
      case 'And':
        return allOf(...this.parts(node).map((part) => this.named(field, part)))
      case 'Not':
        return { kind: 'not', of: this.named(field, node.lastChild as SyntaxNode) }
      case 'List':
        return this.named(field, this.parts(node)[0] as SyntaxNode)
      default:
        return this.wrong(node, { fault: 'A name is written as it is, with * for any letters: names:ali*' })
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
    return rangeValue(field, sign.startsWith('>') ? { from: bound, ...ends } : { to: bound, ...ends }, this.zone)
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
      this.zone
    )
  }
}

const regexPattern = (written: string) =>
  written.slice(1, -1).replaceAll(/\\(.)/gs, (pair, letter) => (letter === '/' ? '/' : pair))

/** Plain values of one field joined by `or` are one clause. */
function oneOfAll(filters: readonly Filter[]): Filter {
  const plain = filters.flatMap((filter) => (filter.kind === 'is' ? [filter] : []))
  const [first] = plain
  if (!first || plain.length < filters.length) return { kind: 'or', of: filters }
  return { ...first, values: plain.flatMap(({ values }) => values) }
}
