import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  snippet,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, isolateHistory } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import {
  bracketMatching,
  codeFolding,
  foldGutter,
  foldKeymap,
  indentOnInput,
  syntaxHighlighting,
} from '@codemirror/language'
import { type Diagnostic, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorSelection, EditorState } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  hoverTooltip,
  keymap,
  lineNumbers,
  type Tooltip,
} from '@codemirror/view'
import type { Checked, Finding } from '../check.ts'
import type { TextChange } from '../edit.ts'
import { colours, look } from './look.ts'

const help = () => import('./schemaHelp.ts')

/** A template of the language server's in CodeMirror's notation. */
function toTemplate(template: string): string {
  return template
    .replace(/\$\{(\d+):([^}]*)\}/g, '#{$2}')
    .replace(/\$(\d+)/g, '#{}')
    .replace(/\\([$}\\])/g, '$1')
}

async function complete({ state, pos, explicit }: CompletionContext): Promise<CompletionResult | null> {
  const before = state.sliceDoc(Math.max(0, pos - 1), pos)
  if (!explicit && !/["\w$]/.test(before)) return null
  const { proposalsAt } = await help()
  const proposals = await proposalsAt(state.doc.toString(), pos)
  const [first] = proposals
  if (!first) return null
  return {
    from: first.from,
    to: first.to,
    options: proposals.map(
      ({ label, is, help: info, template }): Completion => ({
        // What is filtered by is what stands in the text, quotes and all.
        label: state.sliceDoc(first.from, first.from + 1) === '"' && !label.startsWith('"') ? `"${label}"` : label,
        displayLabel: label,
        type: is === 'key' ? 'property' : 'enum',
        ...(info && { info }),
        apply: snippet(toTemplate(template)),
      }),
    ),
    validFor: /^"?[\w$.-]*"?$/,
  }
}

const explain = hoverTooltip(async (view, pos): Promise<Tooltip | null> => {
  const { helpAt } = await help()
  const text = await helpAt(view.state.doc.toString(), pos)
  if (!text) return null
  return {
    pos,
    above: true,
    create() {
      const dom = document.createElement('div')
      dom.className = 'cm-help'
      dom.textContent = text
      return { dom }
    },
  }
})

/** What is said of a finding where it stands. */
export function sayFinding({ severity, found, expected, nearest, fix }: Finding): string {
  const first =
    severity === 'advice' ? `Found ${found}. ${expected}` : `Found ${found}, expected ${expected.replace(/\.$/, '')}.`
  return [first, nearest === undefined ? '' : `Did you mean ${nearest}?`, fix ?? ''].filter(Boolean).join(' ')
}

function diagnosticOf(finding: Finding, length: number): Diagnostic {
  const { severity, from, to, code } = finding
  const start = Math.min(from, length)
  return {
    from: start,
    to: Math.max(start, Math.min(to, length)),
    severity: severity === 'fault' ? 'error' : 'warning',
    source: severity === 'fault' ? `Fault: ${code}` : `Advice: ${code}`,
    message: sayFinding(finding),
  }
}

/** What folds a stretch of lines, by pointer; by keyboard it is Ctrl-Shift-[. */
function foldMark(isOpen: boolean): HTMLElement {
  const mark = document.createElement('span')
  mark.className = isOpen ? 'cm-fold cm-fold-open' : 'cm-fold'
  mark.title = isOpen ? 'Fold' : 'Unfold'
  return mark
}

export interface Editor {
  change(changes: readonly TextChange[]): void
  /** Marks what was found in a text, if that is still the text. */
  mark(checked: Pick<Checked, 'text' | 'findings'>): void
  goTo(from: number, to: number): void
  focus(): void
  destroy(): void
}

/**
 * Opens an editor of JSON.
 *
 * @param parent A shadow root: there the editor's style sheets are adopted, which a strict CSP lets pass.
 * @param onText Is told what the text has become.
 * @param hasSchema Whether it is a configuration, of which the schema proposes and explains what may be written.
 */
export function openEditor(
  parent: ShadowRoot,
  {
    label,
    text,
    onText,
    hasSchema,
  }: {
    readonly label: string
    readonly text: string
    readonly onText: (text: string) => void
    readonly hasSchema: boolean
  },
): Editor {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        highlightActiveLineGutter(),
        highlightActiveLine(),
        foldGutter({ markerDOM: foldMark }),
        codeFolding(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        highlightSelectionMatches(),
        search({ top: true }),
        json(),
        syntaxHighlighting(colours),
        hasSchema ? [autocompletion({ override: [complete], icons: false }), explain] : [],
        keymap.of([
          ...closeBracketsKeymap,
          ...defaultKeymap,
          ...searchKeymap,
          ...historyKeymap,
          ...foldKeymap,
          ...completionKeymap,
          ...lintKeymap,
        ]),
        look,
        EditorView.contentAttributes.of({
          'aria-label': label,
          tabindex: '0',
          spellcheck: 'false',
        }),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) onText(state.doc.toString())
        }),
      ],
    }),
  })
  return {
    change(changes) {
      const isWhole = changes.some(({ from, to }) => from === 0 && to === view.state.doc.length)
      // Another file is a step of its own, however quickly it follows the last.
      view.dispatch({ changes: [...changes], ...(isWhole && { annotations: isolateHistory.of('full') }) })
    },
    mark({ text: checked, findings }) {
      // What was typed since is checked in a moment.
      if (checked !== view.state.doc.toString()) return
      const { length } = view.state.doc
      view.dispatch(
        setDiagnostics(
          view.state,
          findings.map((finding) => diagnosticOf(finding, length)),
        ),
      )
    },
    goTo(from, to) {
      const { length } = view.state.doc
      const range = EditorSelection.range(Math.min(from, length), Math.min(to, length))
      view.dispatch({ selection: range, effects: EditorView.scrollIntoView(range, { y: 'center' }) })
      view.focus()
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  }
}
