import type { SyntaxNode, Tree } from '@lezer/common'
import { AppError } from './errors'
import { deepest } from './query-tree'

/** The first place where the text is no query, in words; undefined where it is one. */
export function syntaxFault(text: string, tree: Tree): AppError | undefined {
  let depth = 0
  let found: AppError | undefined
  tree.iterate({
    enter: (node) => {
      if (++depth > deepest) found ??= new AppError('query_syntax', 'This query is nested too deeply.', node)
      if (node.type.isError) found ??= faultAt(text, node.node)
      return found === undefined
    },
    leave: () => {
      depth--
    }
  })
  return found
}

function faultAt(text: string, node: SyntaxNode): AppError {
  const atEnd = text.slice(node.from).trim() === ''
  const from = atEnd ? text.trimEnd().length : node.from
  const to = atEnd ? from : Math.max(node.to, endOfRun(text, from))
  const wrong = (sentence: string, suggestion?: string) =>
    new AppError('query_syntax', sentence, { from, to, ...(suggestion ? { suggestion } : {}) })

  const before = text.slice(0, from).trimEnd()
  const keyword = /(?:^|[\s()])(or|and|not)$/i.exec(before)?.[1] ?? (/(?:^|[\s(])-$/.test(before) ? '-' : undefined)
  const within = enclosing(node)
  const here = text.slice(from, to)
  if (/[:=]$|[<>]=?$/.test(before) && atEnd)
    return wrong(`After "${lastRun(before)}" a value is missing.`, `${lastRun(before)}*`)
  if (here.startsWith(')') && keyword === undefined && within !== 'List' && within !== 'Group')
    return wrong('This parenthesis closes nothing: leave it out, or open one before it.')
  if (keyword && (atEnd || here.startsWith(')'))) return wrong(`After "${keyword}" something to search for is missing.`)
  if (/(?:^|[\s(])(?:or|and)$/i.test(here))
    return wrong(`Before "${here}" something to search for is missing.`, `"${here}"`)
  if (within === 'Range') return wrong('A range is written [from TO to], with * for an open end.', '[* TO *]')
  if (atEnd && (within === 'List' || within === 'Group')) return wrong('A closing parenthesis is missing.', ')')
  if (/\($/.test(before) && here.startsWith(')')) return wrong('Between the parentheses something is missing.')
  if (/[:=]$|[<>]=?$/.test(before)) return wrong(`"${here}" cannot be a value here: put it in quotes.`, `"${here}"`)
  return wrong(`"${here}" cannot stand here: put text to search for in quotes.`, `"${here}"`)
}

function endOfRun(text: string, from: number): number {
  const run = /^[^\s()"]+|^./s.exec(text.slice(from))
  return from + (run?.[0].length ?? 0)
}

const lastRun = (text: string) => /[^\s()]*$/.exec(text)?.[0] ?? ''

function enclosing(node: SyntaxNode): string | undefined {
  for (let at = node.parent; at; at = at.parent) if (['Range', 'List', 'Group'].includes(at.name)) return at.name
  return undefined
}
