import type { Finding } from '../check.ts'
import { $checked } from '../document.ts'
import { $weighing } from '../simulate/weigh.ts'
import { useStore } from '../useStore.ts'
import { sayFinding } from './setUp.ts'

export const count = (n: number, one: string, other: string): string => `${n} ${n === 1 ? one : other}`

/** "2 faults, 1 piece of advice". */
function sayCounts(findings: readonly Finding[]): string {
  const faults = findings.filter(({ severity }) => severity === 'fault').length
  const advice = findings.length - faults
  if (!findings.length) return 'No fault, no advice'
  return [
    ...(faults ? [count(faults, 'fault', 'faults')] : []),
    ...(advice ? [count(advice, 'piece of advice', 'pieces of advice')] : []),
  ].join(', ')
}

/** Everything found in the file; each leads to its place. */
export function Findings({ onGo }: { readonly onGo: (finding: Finding) => void }) {
  const { findings } = useStore($checked)
  const weighing = useStore($weighing)
  return (
    <section class="findings" aria-label="Faults and advice">
      <p class="findings-head" role="status">
        <span class={`dot ${worstOf(findings)}`} aria-hidden="true" />
        {sayCounts(findings)}
        {weighing && '; the holdouts are being weighed'}
      </p>
      <FindingList findings={findings} onGo={onGo} />
    </section>
  )
}

/** What was found, each with its place, to which it leads. */
export function FindingList(props: {
  readonly findings: readonly Finding[]
  readonly onGo: (finding: Finding) => void
}) {
  const { findings, onGo } = props
  if (!findings.length) return null
  return (
    <ul>
      {findings.slice(0, 200).map((finding) => (
        <li key={`${finding.code} ${finding.from}`}>
          <button type="button" class="finding" onClick={() => onGo(finding)}>
            <span class={`mark ${finding.severity}`}>{finding.severity === 'fault' ? 'Fault' : 'Advice'}</span>
            <span class="where">
              {finding.line}:{finding.column}
            </span>
            <span class="what">{sayFinding(finding)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function worstOf(findings: readonly Finding[]): 'fault' | 'advice' | 'sound' {
  if (!findings.length) return 'sound'
  return findings.some(({ severity }) => severity === 'fault') ? 'fault' : 'advice'
}
