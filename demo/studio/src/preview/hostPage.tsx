import type { Prompt, Text } from '@plimsoll/sdk'

const rows = [
  ['Harbour survey', 'Ana Ruiz', 'Active'],
  ['Spring catalogue', 'Tom Berg', 'Active'],
  ['Onboarding refresh', 'Mei Lin', 'In review'],
  ['Pricing study', 'Ana Ruiz', 'Active'],
]

const firstOf = (text: Text | undefined): string => {
  if (text === undefined || typeof text === 'string') return text ?? ''
  return firstOf(('other' in text ? text.other : Object.values(text)[0]) as Text)
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** A plain dashboard: all that Plimsoll takes from it is its font, its colours and its places. */
export function HostPage({ prompt }: { readonly prompt: Prompt | null }) {
  const { figures, config, slot, kind, block } = prompt ?? {}
  const heading = capital(firstOf(config?.resources[figures?.resource ?? figures?.metric ?? '']) || 'Overview')
  const feature = figures?.feature
  const isTeam = prompt?.triggerType === 'team_growth'
  // A feature's prompt stands beside its control; its slot is for pages without one.
  const place = feature === undefined && !block ? (slot ?? (kind === 'panel' ? 'team' : undefined)) : undefined
  return (
    <div class="app">
      <header class="top">
        <span class="logo" />
        <b>{config?.product ?? 'Your product'}</b>
        <span class="avatar" role="img" aria-label="Ana Ruiz">
          AR
        </span>
      </header>
      <nav class="side" aria-label="Main">
        <ul>
          <li aria-current="page">{heading}</li>
          <li>Reports</li>
          <li>Team</li>
          <li>Settings</li>
        </ul>
      </nav>
      <main class="main">
        <div class="bar">
          <h1>{isTeam ? 'Team' : heading}</h1>
          {isTeam ? (
            <button type="button" class="hostbutton solid" data-plimsoll-guard="invite">
              Invite people
            </button>
          ) : (
            <button type="button" class="hostbutton solid">
              New
            </button>
          )}
        </div>
        <div key={place ?? 'none'} class="place" {...(place !== undefined && { 'data-plimsoll-slot': place })} />
        {feature !== undefined && (
          <div class="card">
            <h2>Settings</h2>
            <p>What your plan has, and what it could have.</p>
            <div>
              <button
                key={feature}
                type="button"
                class="hostbutton control"
                aria-disabled="true"
                data-plimsoll-feature={feature}
              >
                {capital(firstOf(config?.features[feature]?.name) || feature)}
              </button>
            </div>
          </div>
        )}
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Owner</th>
              <th scope="col" class="wide">
                Status
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, owner, status]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{owner}</td>
                <td class="wide">{status}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </main>
    </div>
  )
}
