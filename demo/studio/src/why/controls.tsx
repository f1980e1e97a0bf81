import type { CheckedConfig } from '@plimsoll/sdk'
import { isResource } from '../../../../packages/sdk/src/core/usage.ts'
import { Button, Check, Choice, Slider } from '../fields.tsx'
import {
  changeScene,
  choosePersona,
  type Moment,
  metricsOf,
  type PersonaId,
  personas,
  type Scene,
  scaleOf,
} from '../scene.ts'

const ROLES = ['owner', 'admin', 'billing', 'member', 'viewer']

const MOMENTS: readonly (readonly [keyof Moment, string])[] = [
  ['noPlace', 'The page has no slot or control for it'],
  ['onScreen', 'Another prompt is on screen'],
  ['dialog', 'A dialog of the product is open'],
  ['typing', 'The user is typing'],
  ['hidden', 'The tab is hidden'],
  ['paused', 'The product has paused prompts'],
  ['noConsent', 'The user has not consented'],
  ['noStorage', 'The browser keeps nothing'],
]

const TYPES = [
  ['limit_approaching', 'limit'],
  ['feature_discovery', 'feature'],
  ['team_growth', 'seat'],
  ['usage_milestone', 'milestone'],
] as const

const toggled = (list: readonly string[], item: string, on: boolean): string[] => [
  ...list.filter((other) => other !== item),
  ...(on ? [item] : []),
]

const days = (n: number): string => `${n} ${n === 1 ? 'day' : 'days'}`

/** Everything that a verdict may hang on, as sliders and boxes. */
export function Controls(props: {
  readonly config: CheckedConfig
  readonly scene: Scene
  readonly persona: PersonaId | undefined
  readonly now: number
}) {
  const { config, scene, persona, now } = props
  const { role, plan, used, before, health, ageDays, flags, day, path, near, optOuts, moment } = scene
  const plans = config.plans.map(({ id, name }) => ({ value: id, name }))
  const milestones = new Set(
    config.triggers.flatMap((trigger) => (trigger.type === 'usage_milestone' ? trigger.metric : [])),
  )
  return (
    <form class="sliders" aria-label="Who, and when" onSubmit={(event) => event.preventDefault()}>
      <Choice
        label="Persona"
        value={persona ?? 'own'}
        options={[
          ...personas.map(({ id, name }) => ({ value: id as PersonaId | 'own', name })),
          ...(persona ? [] : [{ value: 'own' as const, name: 'One of your own' }]),
        ]}
        onChange={(id) => id !== 'own' && choosePersona(config, id)}
      />
      <div class="pair">
        <Choice
          label="Role"
          value={role}
          options={[...new Set([...ROLES, role])].map((one) => ({ value: one, name: one }))}
          onChange={(value) => changeScene({ role: value })}
        />
        <Choice
          label="Plan"
          value={plan}
          options={[...plans, { value: '', name: 'Not known' }]}
          onChange={(value) => changeScene({ plan: value })}
        />
      </div>
      {metricsOf(config).map((metric) => {
        const { max, limit } = scaleOf(config, plan, metric)
        const n = used[metric] ?? 0
        const earlier = Math.min(before[metric] ?? 0, n)
        return (
          <div key={metric} class="metric">
            <Slider
              label={isResource(config, metric) ? metric : `${metric}, times`}
              value={n}
              max={max}
              mark={limit}
              says={limit === undefined ? `${n}` : `${n} of ${limit}, ${Math.floor((n * 100) / (limit || 1))}%`}
              onChange={(value) => changeScene({ used: { ...used, [metric]: value } })}
            />
            {milestones.has(metric) && (
              <Slider
                label={`${metric}, at the last visit`}
                value={earlier}
                max={Math.max(1, n)}
                says={`${earlier}`}
                onChange={(value) => changeScene({ before: { ...before, [metric]: value } })}
              />
            )}
          </div>
        )
      })}
      <Slider
        label="Health"
        value={health ?? 100}
        max={100}
        says={health === null ? 'not known' : `${health} of 100`}
        onChange={(value) => changeScene({ health: value })}
      />
      <Slider
        label="Age of the account"
        value={ageDays ?? 365}
        max={400}
        says={ageDays === null ? 'not known' : days(ageDays)}
        onChange={(value) => changeScene({ ageDays: value })}
      />
      <Slider
        label="Clock"
        value={Math.floor(day)}
        min={-30}
        max={180}
        says={new Date(now).toLocaleDateString('en-GB', {
          weekday: 'short',
          day: 'numeric',
          month: 'short',
          year: 'numeric',
        })}
        onChange={(value) => changeScene({ day: value })}
      />
      <div class="row">
        <Button onClick={() => changeScene({ day: day + 1 / 24 })} quiet>
          An hour later
        </Button>
        <Button onClick={() => changeScene({ day: day + 1 })} quiet>
          A day later
        </Button>
      </div>
      <fieldset>
        <legend class="label">Near a locked feature</legend>
        {Object.keys(config.features).map((feature) => (
          <Check
            key={feature}
            label={feature}
            checked={near.includes(feature)}
            onChange={(on) => changeScene({ near: toggled(near, feature, on) })}
          />
        ))}
        <label class="field">
          <span class="label">Page</span>
          <input value={path} onInput={({ currentTarget }) => changeScene({ path: currentTarget.value || '/' })} />
        </label>
      </fieldset>
      <details>
        <summary>More about this moment</summary>
        <fieldset>
          <legend class="label">Now</legend>
          {MOMENTS.map(([key, label]) => (
            <Check
              key={key}
              label={label}
              checked={moment[key]}
              onChange={(on) => changeScene({ moment: { ...moment, [key]: on } })}
            />
          ))}
        </fieldset>
        <fieldset>
          <legend class="label">The user has stopped</legend>
          {TYPES.map(([type, name]) => (
            <Check
              key={type}
              label={`${name} prompts`}
              checked={optOuts.includes(type)}
              onChange={(on) => changeScene({ optOuts: toggled(optOuts, type, on) })}
            />
          ))}
        </fieldset>
        {config.guardrails.flags.length > 0 && (
          <fieldset>
            <legend class="label">The account is marked</legend>
            {config.guardrails.flags.map((flag) => (
              <Check
                key={flag}
                label={flag}
                checked={flags.includes(flag)}
                onChange={(on) => changeScene({ flags: toggled(flags, flag, on) })}
              />
            ))}
          </fieldset>
        )}
        <fieldset>
          <legend class="label">Not known</legend>
          <Check label="health" checked={health === null} onChange={(on) => changeScene({ health: on ? null : 80 })} />
          <Check label="age" checked={ageDays === null} onChange={(on) => changeScene({ ageDays: on ? null : 200 })} />
          {metricsOf(config).map((metric) => (
            <Check
              key={metric}
              label={metric}
              checked={used[metric] === null}
              onChange={(on) => changeScene({ used: { ...used, [metric]: on ? null : 1 } })}
            />
          ))}
        </fieldset>
      </details>
    </form>
  )
}
