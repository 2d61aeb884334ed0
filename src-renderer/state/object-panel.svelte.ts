/** The object whose history is looked at, over whatever page, by one of its events; null while none is. */
export class ObjectPanel {
  event = $state<string | null>(null)

  show(event: string): void {
    this.event = event
  }

  close(): void {
    this.event = null
  }
}
