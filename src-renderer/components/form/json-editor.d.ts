/** The part of json-editor that the form uses; the package brings no types of its own. */
declare module '@json-editor/json-editor' {
  export class AbstractTheme {
    constructor(editor: JSONEditor)
    getTextareaInput(): HTMLTextAreaElement
    getFormControl(
      label: HTMLElement | undefined,
      input: HTMLElement,
      description?: HTMLElement,
      info?: HTMLElement,
      name?: string
    ): HTMLElement
    addInputError(): void
    setButtonText(button: HTMLElement, text: string, icon: Element | null, title?: string): void
  }
  export class AbstractIconLib {}
  export class JSONEditor {
    static AbstractTheme: typeof AbstractTheme
    static AbstractIconLib: typeof AbstractIconLib
    static defaults: {
      themes: Record<string, typeof AbstractTheme>
      iconlibs: Record<string, unknown>
      languages: { en: Record<string, string> }
    }
    constructor(element: Element, options: Readonly<Record<string, unknown>>)
    readonly ready: boolean
    getValue(): unknown
    setValue(value: unknown): void
    getEditor(path: string): { setValue(value: unknown): void } | undefined
    on(event: 'ready' | 'change', listener: () => void): void
    destroy(): void
  }
}
