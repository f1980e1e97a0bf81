import type { CheckedConfig } from '@plimsoll/sdk'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { writeDiffMarkdown } from '../../../../packages/sdk/src/cli/writeDiff.ts'
import {
  type Change,
  type Comparison,
  type Contrast,
  compare,
  contrast,
} from '../../../../packages/sdk/src/simulate/index.ts'
import { check } from '../check.ts'
import { $config, $original } from '../document.ts'
import { count } from '../editor/findings.tsx'
import { Button } from '../fields.tsx'
import { $journeys } from '../file/journeysFile.ts'
import { openFile } from '../file/local.ts'
import { $said, $tab } from '../shell/session.ts'
import { Table } from '../simulate/chart.tsx'
import { ask, type Setting, today } from '../simulate/jobs.ts'
import { peopleOf } from '../simulate/people.ts'
import { useStore } from '../useStore.ts'

const SETTING = { users: 1000, days: 90, seed: 1 }

interface Older {
  readonly name: string
  readonly config: CheckedConfig | null
  readonly faults: number
}

function readOlder(name: string, text: string): Older {
  const { config, findings } = check(text, Date.now())
  return { name, config, faults: findings.filter(({ severity }) => severity === 'fault').length }
}

/** What the file says otherwise than an older one, and who sees more or fewer prompts for it. */
export function Compare() {
  const config = useStore($config)
  const original = useStore($original)
  const [opened, setOpened] = useState<Older>()
  const older = useMemo(() => opened ?? readOlder('the file as it was opened', original), [opened, original])
  const choose = async (): Promise<void> => {
    const file = await openFile().catch(() => undefined)
    if (file) setOpened(readOlder(file.name, file.text))
  }
  return (
    <div class="compare">
      <div class="row">
        <p class="grow">
          Compared with <b>{older.name}</b>
          {older.faults > 0 && `, which has ${count(older.faults, 'fault', 'faults')}`}.
        </p>
        {opened && (
          <Button onClick={() => setOpened(undefined)} quiet>
            Compare with the file as it was opened
          </Button>
        )}
        <Button onClick={() => void choose()}>Open an older file</Button>
      </div>
      {config && older.config ? (
        <Difference old={older.config} next={config} />
      ) : (
        <p class="nothing">One of the two cannot be read as a file of Plimsoll’s.</p>
      )}
    </div>
  )
}

const sayChange = ({ was, is }: Change): string =>
  was === undefined ? `now ${is}` : is === undefined ? `was ${was}, and is no more` : `was ${was}, is ${is}`

const isNothing = ({ added, removed, changed, shared }: Comparison): boolean =>
  !added.length && !removed.length && !changed.length && !shared.length

function Difference({ old, next }: { readonly old: CheckedConfig; readonly next: CheckedConfig }) {
  const comparison = useMemo(() => compare(old, next), [old, next])
  const file = useStore($journeys)
  const { name, journeys, findings } = useMemo(() => peopleOf(file, old, next), [file, old, next])
  const setting = useMemo((): Setting | null => journeys && { ...SETTING, startAt: today(), journeys }, [journeys])
  const [contrasts, setContrasts] = useState<readonly Contrast[]>()
  const [done, setDone] = useState<number>()
  const same = isNothing(comparison)
  useEffect(() => {
    setContrasts(undefined)
    if (same || !setting) return
    setDone(0)
    return ask(
      { type: 'play', configs: [old, next], setting },
      (answer) => {
        if (answer.type === 'progress') setDone(answer.done)
        else if (answer.type === 'played') {
          const [before, after] = answer.reports
          if (before && after) setContrasts(contrast(before, after))
          setDone(undefined)
        }
      },
      () => setDone(undefined),
    )
  }, [old, next, setting, same])
  if (same) return <p>Both files mean the same. How they are written is no difference.</p>
  const { added, removed, changed, shared } = comparison
  const copy = async (setting: Setting): Promise<void> => {
    try {
      await navigator.clipboard.writeText(writeDiffMarkdown(comparison, contrasts ?? [], setting))
      $said.set('Copied as Markdown, to be pasted into a pull request.')
    } catch {
      $said.set('Copying is not allowed here.')
    }
  }
  return (
    <>
      <section aria-label="What changed">
        <h2>What changed</h2>
        <dl class="changes">
          {added.length > 0 && <Entry name="Added" lines={added} />}
          {removed.length > 0 && <Entry name="Removed" lines={removed} />}
          {changed.map(({ id, changes }) => (
            <Entry key={id} name={id} lines={changes.map((change) => `${change.field}: ${sayChange(change)}`)} />
          ))}
          {shared.length > 0 && (
            <Entry name="For all triggers" lines={shared.map((change) => `${change.field}: ${sayChange(change)}`)} />
          )}
        </dl>
      </section>
      <section aria-label="Who sees more or fewer prompts">
        <h2>Who sees more or fewer prompts</h2>
        <p class="dim" role="status">
          {!setting ? (
            `${name} has ${count(findings.length, 'fault', 'faults')}, so that nobody can be played.`
          ) : done !== undefined ? (
            <>
              <progress value={done} aria-label="Playing both files" /> Playing both files
            </>
          ) : (
            `${SETTING.users.toLocaleString('en-GB')} users over ${SETTING.days} days, in both files; played by ${name}.`
          )}
        </p>
        <div class="row">
          <Button quiet onClick={() => $tab.set('simulate')}>
            {setting ? 'Choose who is played' : 'Mend them under Simulate'}
          </Button>
        </div>
        {contrasts && setting && (
          <>
            <Table
              label="Who sees more or fewer prompts"
              header={['Persona', 'Sees', 'Prompts', 'Never reached', 'Too often', 'Which']}
              rows={contrasts.map(({ persona, verdict, was, is, never, tooOften, triggers }) => [
                persona,
                verdict,
                move(was, is),
                move(...never),
                move(...tooOften),
                triggers.map((one) => `${one.id} ${move(one.was, one.is)}`).join(', '),
              ])}
            />
            <div class="row">
              <Button onClick={() => void copy(setting)}>Copy as Markdown</Button>
            </div>
          </>
        )}
      </section>
    </>
  )
}

const move = (was: number, is: number): string =>
  was === is ? is.toLocaleString('en-GB') : `${was.toLocaleString('en-GB')} → ${is.toLocaleString('en-GB')}`

function Entry({ name, lines }: { readonly name: string; readonly lines: readonly string[] }) {
  return (
    <div>
      <dt>{name}</dt>
      {lines.map((line) => (
        <dd key={line}>{line}</dd>
      ))}
    </div>
  )
}
