/** A name in SQL. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** One of our own constants in SQL. What comes from a person or a log is bound instead. */
export const text = (value: string): string => `'${value.replaceAll("'", "''")}'`
