export { widgets } from './widgets.ts'
