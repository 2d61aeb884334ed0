const atLeast = 1.3
const longest = 15_000

/**
 * Tells that more of a file can be asked for: at first, then whenever it is much more or some time has gone by. Each time the whole page
 * is asked anew, which must not keep the import from going on.
 */
export function toldGrowth(tell: () => Promise<void>): (records: number) => void {
  let told = { records: 0, at: 0 }
  let telling = false
  return (records) => {
    const now = performance.now()
    if (telling || (records > told.records && records < told.records * atLeast && now - told.at < longest)) return
    told = { records, at: now }
    telling = true
    const done = () => {
      telling = false
    }
    // What keeps it from being told keeps the import from going on too, which says so.
    tell().then(done, done)
  }
}
