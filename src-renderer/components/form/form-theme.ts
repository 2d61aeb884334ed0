import './json-form.css'
import { JSONEditor } from '@json-editor/json-editor'

const glyphs: Readonly<Record<string, string>> = {
  delete: '×',
  moveup: '↑',
  movedown: '↓',
  add: '+',
  collapse: '▾',
  expand: '▸'
}

/** Signs of our own in the place of an icon font. */
class Glyphs extends JSONEditor.AbstractIconLib {
  getIcon(key: string): Element | null {
    const glyph = glyphs[key]
    if (glyph === undefined) return null
    const sign = document.createElement('span')
    sign.textContent = glyph
    sign.ariaHidden = 'true'
    return sign
  }
}

/** json-editor's markup with nothing of its looks: those are in json-form.css, in our tokens. */
class Plain extends JSONEditor.AbstractTheme {
  override getTextareaInput(): HTMLTextAreaElement {
    const area = super.getTextareaInput()
    area.rows = 1
    return area
  }

  /** What a field is about is told by its tooltip, and to those who hear the page. */
  override getFormControl(
    label: HTMLElement | undefined,
    input: HTMLElement,
    description?: HTMLElement,
    info?: HTMLElement,
    name?: string
  ): HTMLElement {
    const control = super.getFormControl(label, input, description, info, name)
    if (description?.textContent)
      for (const part of [label, input]) part?.setAttribute('title', description.textContent)
    return control
  }

  /** What is wrong is said by the page that has the form. */
  override addInputError(): void {}

  /** A button with a sign says in words what it does to those who do not see it. */
  override setButtonText(button: HTMLElement, text: string, icon: Element | null, title?: string): void {
    button.replaceChildren(...(icon ? [icon] : []), ...(text ? [text] : []))
    if (!title) return
    button.title = title
    button.ariaLabel = title
  }
}

Object.assign(JSONEditor.defaults.languages.en, {
  button_add_row_title: 'Add a {{0}}',
  button_delete_row_title_short: 'Take this row away',
  button_collapse: 'Fold',
  button_expand: 'Unfold',
  button_move_up_title: 'Move this row up',
  button_move_down_title: 'Move this row down'
})
JSONEditor.defaults.themes['spoor'] = Plain
JSONEditor.defaults.iconlibs['spoor'] = Glyphs

/** A form in an element; the library puts no style on the page and fetches nothing. */
export const formIn = (element: Element, schema: object, startval: unknown): JSONEditor =>
  new JSONEditor(element, {
    schema,
    startval,
    theme: 'spoor',
    iconlib: 'spoor',
    ajax: false,
    disable_theme_rules: true,
    disable_edit_json: true,
    disable_properties: true,
    disable_collapse: true,
    disable_array_delete_all_rows: true,
    disable_array_delete_last_row: true,
    no_additional_properties: true,
    required_by_default: true,
    prompt_before_delete: false,
    show_errors: 'never'
  })
