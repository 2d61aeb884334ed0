// A value in which asterisks stand for something: what it was cannot be told. As isMasked says it.
const masked = (json: string) =>
  `(length(${json}) < 200 AND regexp_matches(${json}, '^"[^\\n]*\\*{3,}[^\\n]*"$|^"[^\\s*"]\\*+[^\\s*"]"$'))`
/** A list of plain values is a set; so the order of its members says nothing. */
const unordered = (json: string) =>
  `CASE WHEN starts_with(${json}, '[') THEN list_sort(from_json(${json}, '["VARCHAR"]'))::VARCHAR ELSE ${json} END`
const fieldsOf = (json: string) => `TRY(CAST(${json}::JSON AS MAP(VARCHAR, JSON)))`

/** SQL of the keys under which two states, JSON text, differ; a value that is masked is not compared. Absent states have no keys. */
export function differingKeys(before: string, after: string): string {
  const both = `[{'b': ${fieldsOf(before)}, 'a': ${fieldsOf(after)}}]`
  const added = 'list_filter(coalesce(map_keys(s.a), []), lambda k: NOT list_contains(coalesce(map_keys(s.b), []), k))'
  const keys = `list_concat(coalesce(map_keys(s.b), []), ${added})`
  // A JSON null is something else than no field.
  const at = (side: string) =>
    `coalesce(map_extract_value(${side}, k)::VARCHAR, CASE WHEN list_contains(map_keys(${side}), k) THEN 'null' END)`
  const [old, now] = [at('s.b'), at('s.a')]
  const differs = `${old} IS DISTINCT FROM ${now} AND NOT coalesce(${masked(old)}, false) AND NOT coalesce(${masked(now)}, false)
    AND ${unordered(old)} IS DISTINCT FROM ${unordered(now)}`
  return `list_transform(${both}, lambda s: list_filter(${keys}, lambda k: ${differs}))[1]`
}
