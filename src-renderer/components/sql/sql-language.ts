import { PostgreSQL, SQLDialect } from '@codemirror/lang-sql'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { tags } from '@lezer/highlight'

/** The words of a SELECT in DuckDB, those that most statements have first. */
export const keywords = [
  'select from where group by having order limit with as and or not in is null like ilike between case when then else end',
  'distinct join left on using union all asc desc filter over partition qualify exists unnest',
  'anti any array asof at cast columns cross cube current describe escape except exclude explain analyze false first following',
  'full grouping ignore inner intersect interval lambda last lateral materialized natural nulls offset ordinality outer pivot',
  'positional preceding range recursive replace respect right rollup row rows sample semi sets show similar some struct',
  'summarize tablesample table to true try_cast unbounded unpivot values window within'
].flatMap((line) => line.split(' '))

const types =
  'bigint blob boolean date decimal double float hugeint int integer json list map real smallint time timestamp timestamptz tinyint ubigint uinteger usmallint utinyint uuid varchar'

/** DuckDB's SQL descends from PostgreSQL's; `_id` is a name like any other. */
const duckdbSql = SQLDialect.define({
  ...PostgreSQL.spec,
  keywords: keywords.join(' '),
  types,
  builtin: '',
  specialVar: '_'
})

const style = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--accent-text)' },
  { tag: tags.typeName, color: 'var(--text-dim)' },
  { tag: tags.string, color: 'var(--success)' },
  { tag: [tags.special(tags.string), tags.special(tags.name)], color: 'var(--text)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--success)' },
  { tag: [tags.comment, tags.punctuation, tags.operator, tags.bracket], color: 'var(--text-faint)' }
])

/** SQL as DuckDB reads it, in the colours of the window. */
export const sqlLanguage = [duckdbSql.extension, syntaxHighlighting(style)]
