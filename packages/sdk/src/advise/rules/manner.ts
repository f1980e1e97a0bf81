import { get } from '../../config/loose.ts'
import type { CheckedConfig, CheckedTrigger } from '../../config/types.ts'
import type { Rule } from '../advice.ts'

const DAY = 864e5

/** As many as the engine lets through in all. */
const MOST_A_SESSION = 3

const asksTooOften: Rule = ({ triggers }, tell) => {
  for (const { trigger, path, source } of triggers) {
    // Counted by feature and by milestone, a trigger's own bound is per question.
    const bounds = trigger.frequency.filter(({ per }) => per === 'session' || per === undefined).map(({ max }) => max)
    const most = Math.min(...bounds, Infinity)
    if (most > MOST_A_SESSION)
      tell(
        'asks-too-often',
        get(source, 'frequency') === undefined ? path : [...path, 'frequency'],
        most === Infinity ? 'no bound for one session' : `${most} times in one session`,
        'Write { "max": 1, "per": "session" }, or leave "frequency" out.',
      )
    const { suppress } = trigger
    if (trigger.type === 'feature_discovery' && (!suppress || ('impressions' in suppress && suppress.impressions > 3)))
      tell(
        'asks-too-often',
        [...path, 'suppress'],
        suppress ? 'more than 3 feature prompts in one session' : 'feature prompts without a bound',
        'Leave "suppress" out: after 3 feature prompts the session is quiet.',
      )
  }
}

const shortQuiet: Rule = ({ triggers }, tell) => {
  for (const { trigger, path } of triggers) {
    const { suppress } = trigger
    const usual = {
      limit_approaching: '30 quiet days after the 3rd refusal',
      team_growth: 'quiet until seats in use rise',
    }
    const meant = usual[trigger.type as keyof typeof usual]
    if (!meant) continue
    if (!suppress)
      tell('short-quiet', [...path, 'suppress'], 'no quiet after a refusal', `Leave "suppress" out: ${meant}.`)
    else if ('quietMs' in suppress && suppress.quietMs < 30 * DAY)
      tell(
        'short-quiet',
        [...path, 'suppress', 'quiet'],
        `${days(suppress.quietMs)} of quiet`,
        `Write "30d" or more: ${meant}.`,
      )
  }
}

const days = (ms: number): string => `${Math.round((ms / DAY) * 10) / 10} days`

const guardrailsOff: Rule = ({ config, source, triggers }, tell) => {
  if (!triggers.length) return
  const { minHealth, flags, minAccountAgeMs } = config.guardrails
  const off = (key: string, found: string, fix: string): void => tell('guardrails-off', ['guardrails', key], found, fix)
  const isWritten = (key: string): boolean => get(source, 'guardrails', key) !== undefined
  if (minHealth === 0 && isWritten('minHealth'))
    off('minHealth', 'a health of 0 is enough', 'Leave it out (50 by default).')
  if (!flags.length) off('flags', 'no flag keeps prompts away', 'Leave it out ("support_escalation" by default).')
  if (minAccountAgeMs === 0) off('minAccountAge', 'accounts of no age at all', 'Leave it out ("30d" by default).')
}

/** Whether a plan limits what the milestone counts: then it says something of the room that is left. */
const isLimited = (config: CheckedConfig, trigger: CheckedTrigger & { readonly metric: string }): boolean =>
  config.plans.some(({ limits }) => typeof limits[trigger.metric] === 'number')

const modalForLittle: Rule = ({ config, triggers }, tell) => {
  for (const { trigger, path, source } of triggers)
    if (trigger.type === 'usage_milestone' && trigger.surface === 'modal' && !isLimited(config, trigger))
      tell(
        'modal-for-little',
        get(source, 'surface') === undefined ? path : [...path, 'surface'],
        `a modal about ${trigger.metric}, which no plan limits`,
        'Write "surface": "toast".',
      )
}

export const mannerRules: readonly Rule[] = [asksTooOften, shortQuiet, guardrailsOff, modalForLittle]
