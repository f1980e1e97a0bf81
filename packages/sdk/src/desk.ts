import { identify, reportUsage } from './core/context.ts'
import { decide } from './core/decide.ts'
import { previewMatch } from './core/previewMatch.ts'
import type { Explanation } from './plimsoll.ts'
import { type Engine, inputOf, toIso } from './state/engine.ts'
import { readContext } from './state/readSignals.ts'
import type { Stage } from './state/stage.ts'

const ALL_TYPES = ['limit_approaching', 'feature_discovery', 'team_growth', 'usage_milestone']

/** Says of each trigger whether it would show now, and if not, why: the decision itself, of every trigger, in full. */
export function explain(engine: Engine, triggerId?: string): Explanation[] {
  const input = inputOf(engine)
  if (!input) return []
  const { show, verdicts } = decide(input, input.rules.all.values(), true)
  return verdicts
    .filter((verdict) => triggerId === undefined || verdict.triggerId === triggerId)
    .map(({ triggerId: id, triggerType, reasons }) => ({
      triggerId: id,
      triggerType,
      wouldShow: show?.rule.trigger.id === id && !show.held,
      reasons: reasons.map(({ reason, untilAt, figures = {} }) => ({
        reason,
        ...(untilAt !== undefined && { untilAt: toIso(untilAt) }),
        figures,
      })),
    }))
}

/** Shows a trigger's widget as it would look, with the figures at hand, else with a sample. */
export function preview(engine: Engine, stage: Stage, triggerId: string, context: unknown): void {
  const known = inputOf(engine)
  const rule = known?.rules.all.get(triggerId)
  if (!known || !rule) return engine.error(`preview: there is no trigger ${triggerId}.`)
  const { user, account, usage } = readContext(context ?? {}, engine.now())
  const given = identify(known.context, { ...(user && { user }), ...(account && { account }) })
  const input = { ...known, context: usage ? reportUsage(given, usage) : given }
  const match = previewMatch(rule, input)
  const prompt = stage.promptOf({ rule, match, variant: -1, held: false }, input, { preview: true })
  for (const standing of stage.stack()) if (standing.prompt.preview) stage.remove(standing)
  stage.put({ rule, match, ask: 'asked', prompt })
}

/** Takes an opt-out back: of one type, or of all. */
export async function optIn({ keeper, talk, turn }: Engine, type?: string): Promise<void> {
  await keeper.update((ledger) => {
    const out = ledger.optOuts.includes('all') ? ALL_TYPES : ledger.optOuts
    const optOuts = type === undefined ? [] : out.filter((other) => other !== type)
    return { ledger: { ...ledger, optOuts }, result: undefined }
  })
  talk.say({ type: 'ledger' })
  turn()
}
