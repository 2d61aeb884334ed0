/** How many values of each field are listed: at first, and when more are asked for. */
export const manyValues = { first: 8, all: 200 } as const
