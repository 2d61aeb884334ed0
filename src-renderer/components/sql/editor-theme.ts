import { EditorView } from '@codemirror/view'

/** An editor that looks like the fields around it, in either theme. */
export const editorTheme = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', background: 'var(--ground)', fontSize: '12px' },
  // The root draws it, above the line numbers.
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '18px', fontFeatureSettings: "'calt' 0" },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0 12px' },
  '.cm-gutters': { background: 'var(--surface)', color: 'var(--text-faint)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '36px', padding: '0 8px 0 4px' },
  '.cm-activeLine, .cm-activeLineGutter': { background: 'transparent' },
  '&.cm-focused .cm-activeLineGutter': { color: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'color-mix(in oklch, var(--accent) 30%, transparent)'
  },
  '&.cm-focused .cm-matchingBracket': { background: 'var(--selected)', outline: '1px solid var(--line-strong)' },
  '.cm-placeholder': { color: 'var(--text-faint)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--failure)',
    textUnderlineOffset: '4px'
  },
  '.cm-tooltip': {
    background: 'var(--raised)',
    color: 'var(--text)',
    border: 'none',
    borderRadius: '6px',
    boxShadow: 'var(--float)',
    fontFamily: 'var(--font-sans)'
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--font-mono)',
    maxHeight: '280px',
    minWidth: '300px',
    padding: '4px'
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    gap: '12px',
    padding: '0 8px',
    height: '26px',
    alignItems: 'center',
    lineHeight: '18px',
    borderRadius: '4px'
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { background: 'var(--hover)', color: 'var(--text)' },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--accent-text)' },
  '.cm-completionDetail': {
    marginLeft: 'auto',
    fontStyle: 'normal',
    fontFamily: 'var(--font-sans)',
    color: 'var(--text-faint)'
  },
  '.cm-tooltip.cm-completionInfo': {
    padding: '6px 10px',
    maxWidth: '320px',
    lineHeight: '18px',
    color: 'var(--text-dim)'
  }
})
