import { afterEach, describe, expect, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import { banner, explainer, featureBlock, modal, panel, plans, seatBlock, toast, tooltip, useBlock } from './cases.ts'
import { action, clear, find, get, host, page, show, sleep, until, widget } from './harness.ts'

afterEach(clear)

const member = { buyer: false, user: { id: 'kim', role: 'member' } }

describe('a banner', () => {
  test('says used, limit and what the next plan gives', async () => {
    await show(banner(82))
    expect(get('.title').textContent).toBe('82 of 100 projects used')
    expect(get('.text').textContent).toBe('Pro gives you 1,000 projects for $99 a month.')
    expect(get('.percent').textContent).toBe('82%')
  })

  test('reports × as dismissed by close', async () => {
    const { outcomes } = await show(banner(82))
    await userEvent.click(action('dismiss'))
    expect(outcomes).toEqual([{ type: 'dismissed', by: 'close' }])
  })

  test('reports Remind me later as snoozed', async () => {
    const { outcomes } = await show(banner(82))
    await userEvent.click(action('snooze'))
    expect(outcomes).toEqual([{ type: 'snoozed' }])
  })

  test('reports Stop showing these', async () => {
    const { outcomes } = await show(banner(82))
    await userEvent.click(action('stop'))
    expect(outcomes).toEqual([{ type: 'stopped' }])
  })

  test('reports a refusal in its first frame, by a synthetic click too', async () => {
    const { outcomes } = await show(banner(82))
    action('dismiss').dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }))
    expect(outcomes).toEqual([{ type: 'dismissed', by: 'close' }])
  })

  test('reports one refusal, however often × is pressed', async () => {
    const { outcomes } = await show(banner(82))
    action('dismiss').click()
    action('dismiss').click()
    action('snooze').click()
    expect(outcomes).toEqual([{ type: 'dismissed', by: 'close' }])
  })

  test('reports the link that was followed', async () => {
    const { outcomes } = await show(banner(82))
    await userEvent.click(action('primary'))
    expect(outcomes).toEqual([
      { type: 'clicked', action: 'upgrade', href: `${location.origin}/billing/upgrade?plan=pro` },
    ])
  })

  test('follows its link by Enter', async () => {
    const { outcomes } = await show(banner(82))
    action('primary').focus()
    await userEvent.keyboard('{Enter}')
    expect(outcomes.map(({ type }) => type)).toEqual(['clicked'])
  })
})

describe('a link', () => {
  const click = (link: HTMLElement, init: MouseEventInit = {}, type = 'click'): boolean =>
    link.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true, cancelable: true, ...init }))

  test('is left to the browser unless the host takes it over', async () => {
    await show(banner(82), { answer: () => true })
    let prevented: boolean | undefined
    addEventListener(
      'click',
      (event) => {
        prevented = event.defaultPrevented
        event.preventDefault()
      },
      { once: true },
    )
    action('primary').click()
    expect(prevented).toBe(false)
  })

  test('is prevented when the host takes it over', async () => {
    await show(banner(82), { answer: () => false })
    expect(click(action('primary'))).toBe(false)
  })

  test('counts a middle click once, and leaves the right button alone', async () => {
    const { outcomes } = await show(banner(82))
    click(action('primary'), { button: 2 }, 'auxclick')
    click(action('primary'), { button: 1 }, 'auxclick')
    expect(outcomes.map(({ type }) => type)).toEqual(['clicked'])
  })

  test('counts a click with Ctrl once', async () => {
    const { outcomes } = await show(banner(82))
    click(action('primary'), { ctrlKey: true })
    expect(outcomes.map(({ type }) => type)).toEqual(['clicked'])
  })

  test.each(['javascript:alert(1)', 'data:text/html,x', 'https://evil.test/', 'https://user:pass@localhost/'])(
    'is neither followed nor reported once the page has changed it to %s',
    async (href) => {
      const { outcomes } = await show(banner(82), { answer: () => true })
      action('primary').setAttribute('href', href)
      expect(click(action('primary'))).toBe(false)
      expect(outcomes).toEqual([])
    },
  )

  test('may lead to an origin that the host has named', async () => {
    const { outcomes } = await show(banner(82, { linkOrigins: ['https://billing.acme.test'] }))
    action('primary').setAttribute('href', 'https://billing.acme.test/up')
    click(action('primary'))
    expect(outcomes).toEqual([{ type: 'clicked', action: 'upgrade', href: 'https://billing.acme.test/up' }])
  })
})

describe('asking an admin', () => {
  const clipboard = (writeText: (text: string) => Promise<void>): string[] => {
    const copied: string[] = []
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: {
        writeText: (text: string) => {
          copied.push(text)
          return writeText(text)
        },
      },
    })
    return copied
  }
  const done = (): Promise<void> => Promise.resolve()
  afterEach(() => {
    Reflect.deleteProperty(navigator, 'clipboard')
  })

  test('copies the message, says so in place, and reports the request once', async () => {
    const copied = clipboard(done)
    const { outcomes } = await show(banner(91, member))
    expect(action('primary').textContent).toBe('Ask an admin')
    await userEvent.click(action('primary'))
    await until(() => find('[data-state="asked"]'))
    const message = `Hi, we have used 91 of 100 projects. Could you move us to Pro? ${location.origin}/billing/upgrade?plan=pro`
    expect(copied).toEqual([message])
    expect(get('.title').textContent).toBe('Message copied')
    expect(get('.text').textContent).toBe('Paste it to an admin of Acme.')
    expect(get('.quote').textContent).toBe(message)
    expect(action('primary').textContent).toBe('Copy again')
    await userEvent.click(action('primary'))
    expect(copied).toEqual([message, message])
    expect(outcomes).toEqual([{ type: 'requested' }])
  })

  test('keeps the focus on the button that was pressed', async () => {
    clipboard(done)
    await show(banner(91, member))
    action('primary').focus()
    await userEvent.keyboard('{Enter}')
    await until(() => find('[data-state="asked"]'))
    expect(get('.options').contains(find(':focus') ?? null)).toBe(true)
  })

  test('takes closing after it for no refusal', async () => {
    clipboard(done)
    const { outcomes } = await show(banner(91, member))
    await userEvent.click(action('primary'))
    await until(() => find('[data-state="asked"]'))
    await userEvent.click(action('dismiss'))
    expect(outcomes).toEqual([{ type: 'requested' }, { type: 'cancelled' }])
  })

  test('shows the message selected where copying is refused', async () => {
    clipboard(() => Promise.reject(new Error('not allowed')))
    const { outcomes } = await show(banner(91, member))
    await userEvent.click(action('primary'))
    await until(() => find('[data-state="asked"]'))
    expect(get('.title').textContent).toBe('Copy this message')
    expect(String(getSelection())).toContain('Hi, we have used 91 of 100 projects.')
    await userEvent.click(get('[part="secondary"]'))
    expect(outcomes).toEqual([{ type: 'requested' }, { type: 'cancelled' }])
  })

  test('shows the message where there is no clipboard at all, as on plain http', async () => {
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined })
    await show(banner(91, member))
    await userEvent.click(action('primary'))
    await until(() => find('[data-state="asked"]'))
    expect(get('.title').textContent).toBe('Copy this message')
  })

  test('follows the host’s own request page where there is one', async () => {
    const prompt = banner(91, member)
    const config = { ...prompt.config, links: { ...prompt.config.links, request: '/ask' } }
    const { outcomes } = await show({ ...prompt, config }, { answer: () => false })
    expect(action('primary').getAttribute('href')).toBe(`${location.origin}/ask`)
    action('primary').click()
    expect(outcomes).toEqual([{ type: 'requested', href: `${location.origin}/ask` }])
    expect(find('[data-state="asked"]')).toBe(undefined)
  })

  test('keeps the answer through an update', async () => {
    clipboard(done)
    const { shown } = await show(banner(91, member))
    await userEvent.click(action('primary'))
    await until(() => find('[data-state="asked"]'))
    shown.update(banner(92, member))
    expect(get('.title').textContent).toBe('Message copied')
  })
})

describe('a tooltip', () => {
  test('opens the explainer, which has the upgrade link, and is left without a refusal', async () => {
    page('<button data-plimsoll-feature="sso">Single sign-on</button>')
    const { outcomes } = await show(tooltip(), { anchor: host('button') })
    await userEvent.click(action('primary'))
    await until(() => find('[data-plimsoll-widget="explainer"]'))
    expect(find('[data-plimsoll-widget="tooltip"]')).toBe(undefined)
    expect(get('[part="chip"]').textContent).toBe('Part of Pro')
    expect([...get('.gains').children].map((line) => line.textContent)).toEqual([
      '1,000 projectsnow 100',
      '50 seatsnow 10',
    ])
    await userEvent.click(get('[part="secondary"]'))
    expect(outcomes).toEqual([{ type: 'clicked', action: 'explainer' }, { type: 'cancelled' }])
  })

  test('reports the upgrade link of its explainer', async () => {
    page('<button data-plimsoll-feature="sso">Single sign-on</button>')
    const { outcomes } = await show(tooltip(), { anchor: host('button') })
    await userEvent.click(action('primary'))
    await until(() => find('[data-plimsoll-widget="explainer"]'))
    await userEvent.click(action('primary'))
    expect(outcomes).toEqual([
      { type: 'clicked', action: 'explainer' },
      { type: 'clicked', action: 'upgrade', href: `${location.origin}/billing/upgrade?plan=pro` },
    ])
  })

  test('opens nothing when the host takes the click over', async () => {
    page('<button data-plimsoll-feature="sso">Single sign-on</button>')
    await show(tooltip(), { anchor: host('button'), answer: () => false })
    await userEvent.click(action('primary'))
    await sleep(300)
    expect(widget().dataset.plimsollWidget).toBe('tooltip')
  })

  test('opens nothing once it was closed meanwhile', async () => {
    page('<button data-plimsoll-feature="sso">Single sign-on</button>')
    const { shown } = await show(tooltip(), { anchor: host('button') })
    action('primary').click()
    shown.close()
    await sleep(300)
    expect(find('[data-plimsoll-widget]')).toBe(undefined)
  })
})

describe('the milestone', () => {
  test('opens the plan comparison in its place', async () => {
    const { outcomes } = await show(modal())
    await userEvent.click(action('primary'))
    await until(() => find('[data-plimsoll-widget="plans"]'))
    expect(find('[data-plimsoll-widget="modal"]')).toBe(undefined)
    expect(get('.title').textContent).toBe('What Pro adds to Starter')
    expect(outcomes).toEqual([{ type: 'clicked', action: 'plans' }])
  })

  test('stands as a toast with × and no second refusal, unless the file asks for one', async () => {
    await show(toast())
    expect(find('[part="secondary"]')).toBe(undefined)
    clear()
    await show(toast({ trigger: { surface: 'toast', cta: { secondary: { label: 'Not now' } } } }))
    expect(get('[part="secondary"]').textContent).toBe('Not now')
  })

  test('writes a long figure compactly in its ring', async () => {
    const figures = { ...modal().figures, milestone: 1_250_000 }
    await show(modal({ figures }))
    expect(get('.number').textContent).toBe('1.3M')
    expect(get('.title').textContent).toBe('Your team has created 1,250,000 projects')
  })
})

describe('a block', () => {
  test.each([
    ['panel', seatBlock()],
    ['banner', useBlock()],
    ['tooltip', featureBlock()],
  ])('is a dialog named as its trigger’s %s, with Cancel and nothing else to refuse', async (kind, prompt) => {
    const { outcomes } = await show(prompt)
    expect(widget().matches('dialog:modal')).toBe(true)
    expect(widget().dataset.plimsollWidget).toBe(kind)
    expect(widget().dataset.plimsollBlock).toBe('')
    expect(find('[data-plimsoll-action="dismiss"]')).toBe(undefined)
    expect(find('[data-plimsoll-action="stop"]')).toBe(undefined)
    await userEvent.click(action('cancel'))
    expect(outcomes).toEqual([{ type: 'cancelled' }])
  })

  test('takes the seats of its stepper into meter, bill, button, link and report', async () => {
    const { outcomes } = await show(seatBlock())
    const [fewer, more] = [...widget().querySelectorAll<HTMLElement>('.step')]
    expect(fewer?.getAttribute('aria-disabled')).toBe('true')
    fewer?.click()
    expect(get<HTMLInputElement>('input').value).toBe('4')
    await userEvent.click(more as HTMLElement)
    expect(get<HTMLInputElement>('input').value).toBe('5')
    expect([...get('.bill').querySelectorAll('output')].map((sum) => sum.textContent)).toEqual(['+$40.00', '$16.00'])
    expect(get('.meter').querySelectorAll('[data-is="over"]').length).toBe(5)
    expect(action('primary').textContent).toBe('Add 5 seats')
    await userEvent.click(action('primary'))
    expect(outcomes).toEqual([
      { type: 'clicked', action: 'seats', href: `${location.origin}/billing/seats?add=5`, needed: 5 },
    ])
  })

  test('takes a typed number, and puts one out of bounds right', async () => {
    await show(seatBlock())
    const input = get<HTMLInputElement>('input')
    await userEvent.fill(input, '12')
    expect(action('primary').textContent).toBe('Add 12 seats')
    await userEvent.fill(input, '2')
    expect(action('primary').textContent).toBe('Add 12 seats')
    input.blur()
    expect(input.value).toBe('4')
    expect(action('primary').textContent).toBe('Add 4 seats')
  })

  test('takes newer figures', async () => {
    const { shown } = await show(seatBlock())
    shown.update(
      seatBlock({ figures: { resource: 'seats', used: 8, limit: 12, remaining: 4, requested: 6, needed: 2 } }),
    )
    expect(get('.title').textContent).toBe('4 of these 6 invites fit')
    expect(action('primary').textContent).toBe('Add 2 seats')
  })
})

describe('what the user opened', () => {
  test('is left without a refusal', async () => {
    const { outcomes } = await show(explainer())
    await userEvent.click(action('dismiss'))
    expect(outcomes).toEqual([{ type: 'cancelled' }])
  })

  test('compares the current plan, the next and one more, each above with its link', async () => {
    await show(plans())
    const heads = [...widget().querySelectorAll('[role="columnheader"]')].map((head) => head.textContent)
    expect(heads).toEqual(['Starter$29 a monthYour plan', 'Pro$99 a monthNext plan', 'Business$249 a month'])
    const more = get('.more')
    expect(more.getAttribute('aria-label')).toBe('Upgrade to Business, $249 a month')
    expect(more.getAttribute('href')).toBe(`${location.origin}/billing/upgrade?plan=business`)
    const rows = [...widget().querySelectorAll('[role="rowgroup"]:last-child [role="row"]')].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    )
    expect(rows).toEqual([
      ['Projects', '100', '1,000 +900', 'Unlimited'],
      ['Seats', '10', '50 +40', '200'],
      ['Export', 'Included', 'Included', 'Included'],
      ['Single sign-on', '–Not included', 'Included New', 'Included'],
      ['Audit log', '–Not included', '–Not included', 'Included'],
    ])
  })
})

describe('a panel', () => {
  test('draws a pip for each seat, the mark at the limit, and a legend in words', async () => {
    page('<div data-plimsoll-slot="team"></div>')
    await show(panel())
    const meter = [...get('.meter').children].map((part) =>
      part.localName === 'b' ? '|' : (part.getAttribute('data-is') ?? 'free'),
    )
    expect(meter.join(' ')).toBe('held held held held held held held held pending free | over over over')
    expect([...get('.legend').children].map((part) => part.textContent)).toEqual([
      '8 members',
      '1 invited',
      '1 free',
      '3 to add',
    ])
  })

  test('draws plain stretches over 24 seats', async () => {
    page('<div data-plimsoll-slot="team"></div>')
    await show(panel({ figures: { resource: 'seats', used: 45, limit: 50, remaining: 5, percent: 90, needed: 1 } }))
    const parts = [...get('.meter').querySelectorAll<HTMLElement>('i')].map((part) =>
      part.style.getPropertyValue('--n'),
    )
    expect(parts).toEqual(['45', '5', '1'])
  })
})

test('says nothing, and is not drawn, where its words cannot be written', async () => {
  const { drawn } = await show(banner(82, { figures: { resource: 'projects', used: 82 } }))
  expect(drawn).toBe(false)
  expect(document.querySelector('plimsoll-root')).toBe(null)
})
