/** The hues a row may be tinted with, in degrees, as oklch has them. */
export const ruleHues = {
  red: 25,
  orange: 55,
  yellow: 95,
  green: 150,
  teal: 195,
  blue: 250,
  violet: 300,
  pink: 350
} as const
export type RuleColour = keyof typeof ruleHues
export const ruleColours = Object.keys(ruleHues) as RuleColour[]

/** The colour as it stands beside text: a mark of it, not a ground. */
export const ruleMark = (colour: RuleColour): string => `oklch(0.65 0.15 ${ruleHues[colour]})`

/** Rows that match the query text are tinted; of several rules the first that matches decides. */
export interface ColourRule {
  readonly name: string
  readonly query: string
  readonly colour: RuleColour
  /** Kept, but not applied. */
  readonly off?: true
}

/** What a responder looks for first, in any log. */
export const shippedRules: readonly ColourRule[] = [
  { name: 'Failure', query: 'event.outcome:failure', colour: 'red' },
  {
    name: 'Acting as another',
    query: 'user.effective.id:* or user.effective.name:*',
    colour: 'violet'
  },
  { name: 'Deletion', query: 'event.type:deletion', colour: 'orange' },
  { name: 'Access rights', query: 'event.category:iam', colour: 'yellow' },
  { name: 'Data taken out', query: 'event.category:data', colour: 'pink' },
  { name: 'Automation', query: 'event.user_action:false', colour: 'teal', off: true }
]

/** What was kept of a list of rules; undefined where it is none. */
export function readRules(kept: unknown): readonly ColourRule[] | undefined {
  if (!Array.isArray(kept)) return undefined
  return kept.flatMap((each: Partial<ColourRule> | null) => {
    const colour = ruleColours.find((known) => known === each?.colour)
    if (!colour || typeof each?.name !== 'string' || typeof each.query !== 'string') return []
    return [{ name: each.name, query: each.query, colour, ...(each.off === true && { off: true as const }) }]
  })
}
