import type { PullReport, PullState } from '../../contract/connect'
import { iso } from './event-time'
import type { BeginLine, DoneLine, EndLine, JournalLine, PartLine, RequestLine, WindowLine } from './journal-lines'
import type { At } from './paging'
import { type Ended, type OpenStream, streamBooks } from './stream-books'

const mostAhead = 400 * 86_400_000

/** What a journal's lines come to: the books of a pull while it goes on, and after. */
export class Books {
  readonly #streams = new Map<string, OpenStream>()
  readonly #parts: PartLine[] = []
  readonly #notes = new Set<string>()
  readonly #stopped = new Set<string>()
  #begin: BeginLine | undefined
  #end: EndLine | undefined
  #requests = 0
  #retries = 0
  #bytes = 0
  #told = 0
  #ahead: number | undefined

  constructor(lines: readonly JournalLine[] = []) {
    for (const line of lines) this.take(line)
  }

  get begin() {
    return this.#begin
  }
  get end() {
    return this.#end
  }
  get requests(): number {
    return this.#requests
  }
  get told(): number {
    return this.#told
  }
  get streams(): readonly string[] {
    return [...this.#streams.keys()]
  }
  get parts(): readonly PartLine[] {
    return this.#parts
  }

  take(line: JournalLine): void {
    if ('begin' in line) this.#begin = line.begin
    else if ('window' in line) this.#window(line.window)
    else if ('anew' in line) this.#stream(line.anew.stream).to = line.anew.to
    else if ('request' in line) this.#request(line.request)
    else if ('part' in line) this.#parts.push(line.part)
    else if ('missing' in line) {
      const { stream, ...missing } = line.missing
      this.#stream(stream).missing.push(missing)
    } else if ('note' in line) this.#notes.add(line.note)
    else if ('stopped' in line) {
      this.#notes.add(line.stopped.why)
      this.#stopped.add(line.stopped.stream)
    } else if ('done' in line) this.#stream(line.done.stream).done = line.done
    else if ('told' in line) this.#told = line.told
    else if ('end' in line) this.#end = line.end
    else this.#end = undefined
  }

  /** Where a stream goes on that was begun and is not done; undefined where it is to be begun. */
  position(name: string): At | undefined {
    const { window, to, done } = this.#streams.get(name) ?? {}
    if (!window || done) return undefined
    return to === undefined ? window.from : (to ?? undefined)
  }

  /** Whether the stretch that is asked for has come to its last page, though nobody said so yet. */
  isThrough = (name: string): boolean => this.#streams.get(name)?.to === null

  /** How far in time the stretch at hand has come: the oldest and the newest event of it. */
  extent(name: string): { readonly oldest?: number; readonly newest?: number } {
    const { windowOldest, windowNewest } = this.#stream(name)
    return windowOldest === undefined || windowNewest === undefined
      ? {}
      : { oldest: windowOldest, newest: windowNewest }
  }

  /** The stretch at hand. */
  window = (name: string): At | undefined => this.#streams.get(name)?.window?.from

  done = (name: string): DoneLine | undefined => this.#streams.get(name)?.done

  /**
   * Up to when all there is has come when the stretch at hand has: no later than the server's own clock at its beginning or, where
   * that is not known, than the event that came last. Ours may be hours ahead.
   */
  reached(name: string, now: number): number {
    const { window, newest = now } = this.#streams.get(name) ?? {}
    const begun = this.#ahead === undefined || !window ? newest : Date.parse(window.at) + this.#ahead
    return Math.min(window?.from.until ?? now, begun)
  }

  /** By how many milliseconds the server's clock is ahead of ours; undefined while it has not told. */
  get ahead(): number | undefined {
    return this.#ahead
  }

  of(name: string): Pick<OpenStream, 'events' | 'repeated' | 'said' | 'pages' | 'turned'> {
    return this.#stream(name)
  }

  get events(): number {
    return [...this.#streams.values()].reduce((sum, { events }) => sum + events, 0)
  }
  get repeated(): number {
    return [...this.#streams.values()].reduce((sum, { repeated }) => sum + repeated, 0)
  }
  get bytes(): number {
    return this.#bytes
  }

  /** The report; `titles` are the streams' for people, `state` is that of a pull which goes on. */
  report(
    titles: (stream: string) => { readonly title: string; readonly source?: string },
    state?: PullState
  ): Omit<PullReport, 'refused' | 'journal'> {
    const { id = '', connection = '', name = '', connector = '', hosts = [], at = '', by = '' } = this.#begin ?? {}
    const now = state ?? this.#end?.state ?? 'interrupted'
    const ended = now === 'interrupted' ? now : this.#end?.state
    return {
      id,
      connection,
      name,
      connector,
      hosts,
      startedAt: at,
      ...(this.#end ? { endedAt: this.#end.at } : {}),
      by,
      state: now,
      streams: this.#asked(ended).map((stream) =>
        streamBooks(stream, titles(stream), this.#stream(stream), this.#begin, ended)
      ),
      requests: this.#requests,
      bytes: this.#bytes,
      retries: this.#retries,
      parts: [...this.#parts],
      notes: [...this.#notes],
      ...(this.#end?.fault === undefined ? {} : { fault: this.#end.fault })
    }
  }

  /** The streams of which there is something to tell: those begun and, once it is over, those it did not come to. */
  #asked(ended: Ended | undefined): readonly string[] {
    const over = ended && ended !== 'complete' ? (this.#begin?.asked.streams ?? []) : []
    return [...new Set([...this.#streams.keys(), ...over.filter((name) => !this.#stopped.has(name))])]
  }

  #stream(name: string): OpenStream {
    const open = this.#streams.get(name) ?? { events: 0, repeated: 0, missing: [], pages: 0, turned: 0 }
    this.#streams.set(name, open)
    return open
  }

  #window(window: WindowLine): void {
    const open = this.#stream(window.stream)
    const { since, until } = window.from
    // A pull that follows asks for one stretch after the other: from the first to the last.
    if (!open.window && since !== undefined) open.since = iso(since)
    open.window = window
    if (until !== undefined) open.until = iso(until)
    delete open.to
    delete open.done
    delete open.windowOldest
    delete open.windowNewest
    open.turned = 0
  }

  #request(line: RequestLine): void {
    this.#requests++
    if (line.attempt > 1) this.#retries++
    const clock = line.date ?? line.issued
    const ahead = clock === undefined ? Number.NaN : Date.parse(clock) - Date.parse(line.at) - line.milliseconds
    // A clock that cannot be read, or is years off, tells nothing.
    if (Math.abs(ahead) < mostAhead) this.#ahead = ahead
    const open = this.#streams.get(line.what)
    if (line.events === undefined || !open) return
    this.#bytes += line.length ?? 0
    const { events, fresh = events, oldest, newest, said, to } = line
    open.events += fresh
    open.repeated += events - fresh
    if (events > 0) open.pages++
    if (fresh > 0) open.turned++
    // What it says first is of all that was asked for; later it may speak of the rest.
    if (said !== undefined) open.said ??= said
    if (to !== undefined) open.to = to
    if (oldest === undefined || newest === undefined) return
    open.oldest = Math.min(open.oldest ?? oldest, oldest)
    open.newest = Math.max(open.newest ?? newest, newest)
    open.windowOldest = Math.min(open.windowOldest ?? oldest, oldest)
    open.windowNewest = Math.max(open.windowNewest ?? newest, newest)
  }
}
