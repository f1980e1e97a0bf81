import axe from 'axe-core'

/** What axe finds inside our roots, and what it cannot decide. */
export async function faults(): Promise<string[]> {
  const { violations, incomplete } = await axe.run(document, { rules: { 'target-size': { enabled: true } } })
  return [...violations, ...incomplete].flatMap(({ id, nodes }) =>
    nodes
      .filter(({ target }) => JSON.stringify(target).includes('plimsoll-root'))
      .map(({ target, failureSummary }) => `${id}: ${JSON.stringify(target)} ${failureSummary}`),
  )
}

const html = document.documentElement

/** Axe looks at nothing outside the body: for it alone the root under `<html>` is put at the body's end. */
export function letAxeIn(): () => void {
  html.insertBefore = (node) => document.body.appendChild(node)
  return () => Reflect.deleteProperty(html, 'insertBefore')
}
