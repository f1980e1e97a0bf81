import { HighlightStyle } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** JSON in the page's own colours, so that light and dark follow it. */
export const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--code-key)' },
  { tag: tags.string, color: 'var(--code-text)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--code-figure)' },
  { tag: [tags.separator, tags.squareBracket, tags.brace], color: 'var(--dim)' },
  { tag: tags.invalid, color: 'var(--bad)' },
])

const tooltip = {
  backgroundColor: 'var(--card)',
  color: 'var(--ink)',
  border: '1px solid var(--edge)',
  borderRadius: '8px',
  boxShadow: 'var(--raised)',
}

export const look = EditorView.theme({
  '&': { height: '100%', fontSize: '13px', backgroundColor: 'var(--card)', color: 'var(--ink)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6' },
  '.cm-content': { padding: '12px 0', caretColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--card)', color: 'var(--dim)', border: 'none', paddingInlineStart: '6px' },
  '.cm-activeLine': { backgroundColor: 'var(--wash)' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--wash)', color: 'var(--ink)' },
  '.cm-cursor': { borderInlineStartColor: 'var(--ink)', borderInlineStartWidth: '2px' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'var(--select)',
  },
  '.cm-selectionMatch': { backgroundColor: 'var(--wash)', outline: '1px solid var(--hair)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'transparent',
    outline: '1px solid var(--edge)',
  },
  '.cm-fold': {
    display: 'inline-block',
    width: '6px',
    height: '6px',
    margin: '0 6px 2px 4px',
    border: 'solid var(--edge)',
    borderWidth: '0 1.5px 1.5px 0',
    rotate: '-45deg',
    cursor: 'pointer',
  },
  '.cm-fold-open': { rotate: '45deg' },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--wash)', border: '1px solid var(--hair)', color: 'var(--dim)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--bad) 1px',
    textUnderlineOffset: '3px',
  },
  '.cm-lintRange-warning': {
    backgroundImage: 'none',
    textDecoration: 'underline dotted var(--warn) 2px',
    textUnderlineOffset: '3px',
  },
  '.cm-lintPoint::after': { borderBottomColor: 'var(--bad)' },
  '.cm-tooltip': { ...tooltip, maxWidth: '46em', fontSize: '13px' },
  '.cm-tooltip .cm-help': { padding: '8px 12px', maxWidth: '34em', whiteSpace: 'pre-line', fontFamily: 'var(--sans)' },
  '.cm-tooltip-section:not(:first-child)': { borderTop: '1px solid var(--hair)' },
  '.cm-diagnostic': {
    padding: '8px 12px',
    maxWidth: '34em',
    borderInlineStart: '3px solid var(--bad)',
    fontFamily: 'var(--sans)',
  },
  '.cm-diagnostic-warning': { borderInlineStartColor: 'var(--warn)' },
  '.cm-diagnosticSource': { fontSize: '12px', opacity: 1, color: 'var(--dim)', marginBlockStart: '2px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', maxHeight: '16em', borderRadius: '7px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '4px 12px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--accent-fill)',
    color: 'var(--on-accent)',
  },
  '.cm-completionInfo': { ...tooltip, padding: '8px 12px', maxWidth: '26em', fontFamily: 'var(--sans)' },
  '.cm-panels': { backgroundColor: 'var(--page)', color: 'var(--ink)', borderBottom: '1px solid var(--hair)' },
  '.cm-panel.cm-search': { padding: '8px 12px', fontFamily: 'var(--sans)' },
  '.cm-textfield, .cm-button': {
    backgroundColor: 'var(--card)',
    backgroundImage: 'none',
    color: 'var(--ink)',
    border: '1px solid var(--edge)',
    borderRadius: '6px',
    fontSize: '13px',
  },
  '.cm-searchMatch': { backgroundColor: 'var(--select)' },
  '.cm-searchMatch-selected': { outline: '2px solid var(--accent)' },
})
