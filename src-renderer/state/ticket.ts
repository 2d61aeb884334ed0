let asked = 0
const session = Math.random().toString(36).slice(2)

/** A name for a question, that no other question of any window has: by it the question is cancelled. */
export const newTicket = (): string => `${session}-${++asked}`
