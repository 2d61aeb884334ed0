/** One step of how DuckDB ran a statement; what it works on are its children. */
export interface PlanStep {
  readonly title: string
  /** What it compares, joins, sorts by. */
  readonly details: readonly string[]
  /** Rows it gave. */
  readonly rows: number
  /** Its own time, over all cores, in milliseconds. */
  readonly ms: number
  readonly children: readonly PlanStep[]
}

interface Profile {
  readonly operator_name?: string
  readonly operator_timing?: number
  readonly operator_cardinality?: number
  readonly extra_info?: Readonly<Record<string, unknown>>
  readonly children?: readonly Profile[]
}

/** The steps in DuckDB's own report of a run. */
export function planOf(json: string): PlanStep {
  const { children = [] } = JSON.parse(json) as Profile
  const [first] = children
  // The report begins with the step that makes the report.
  const steps = first?.operator_name?.startsWith('EXPLAIN') ? (first.children ?? []) : children
  const [only, ...others] = steps.map(step)
  return only && others.length === 0
    ? only
    : { title: 'Result', details: [], rows: 0, ms: 0, children: only ? [only, ...others] : [] }
}

function step({
  operator_name = '',
  operator_timing = 0,
  operator_cardinality = 0,
  extra_info = {},
  children = []
}: Profile): PlanStep {
  const name = operator_name.trim().replaceAll('_', ' ').toLowerCase()
  return {
    title: name.charAt(0).toUpperCase() + name.slice(1),
    details: Object.entries(extra_info).flatMap(([key, value]) => detail(key, value)),
    rows: operator_cardinality,
    ms: operator_timing * 1000,
    children: children.map(step)
  }
}

function detail(key: string, value: unknown): string[] {
  const text = Array.isArray(value) ? value.join(', ') : String(value)
  return key.startsWith('__') || key === 'Estimated Cardinality' || text === '' ? [] : [`${key}: ${text}`]
}

/** All steps, each with how deep it stands, the last first, as they are read. */
export const stepsOf = (plan: PlanStep, depth = 0): { readonly step: PlanStep; readonly depth: number }[] => [
  { step: plan, depth },
  ...plan.children.flatMap((child) => stepsOf(child, depth + 1))
]
