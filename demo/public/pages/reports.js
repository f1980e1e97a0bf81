import { count, number } from '../format.js'
import { h } from '../h.js'
import { notice } from './parts.js'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
/** How a year's projects came about: the shape of the demo's chart. */
const growth = [0.12, 0.2, 0.27, 0.33, 0.4, 0.46, 0.55, 0.61, 0.7, 0.8, 0.9, 1]

export const reports = {
  title: 'Reports',

  draw(state, ui) {
    const { used } = state.projects
    const now = new Date(state.now).getMonth()
    const bars = growth.map((part, index) => ({
      month: months[(now + 1 + index) % 12],
      value: Math.round(used * part),
    }))
    const most = Math.max(...bars.map(({ value }) => value), 1)
    return [
      h(
        'div',
        { class: 'bar', 'data-key': 'bar' },
        h('h1', null, 'Reports'),
        h(
          'a',
          { class: 'button', href: '/api/reports.csv', download: 'projects.csv', 'data-act': 'exported' },
          'Export as spreadsheet',
        ),
      ),
      notice(ui),
      h(
        'section',
        { class: 'card', 'aria-labelledby': 'chart-title' },
        h(
          'div',
          { class: 'split' },
          h('h2', { id: 'chart-title' }, 'Projects over twelve months'),
          h('b', { class: 'figure' }, number(used)),
        ),
        h(
          'ol',
          { class: 'chart' },
          bars.map(({ month, value }) =>
            h(
              'li',
              { vars: { '--part': value / most } },
              h('i'),
              h('span', { 'aria-hidden': 'true' }, month),
              h('span', { class: 'heard' }, `${month}: ${count(value, 'project')}`),
            ),
          ),
        ),
      ),
      h(
        'section',
        { class: 'card', 'aria-labelledby': 'by-title' },
        h('h2', { id: 'by-title' }, 'By status'),
        h(
          'dl',
          { class: 'lines' },
          [
            ['Active', 0.52],
            ['In review', 0.08],
            ['Paused', 0.14],
            ['Done', 0.26],
          ].map(([label, part]) =>
            h('div', null, h('dt', null, label), h('dd', null, number(Math.round(used * part)))),
          ),
        ),
      ),
    ]
  },
}
