import { render } from 'preact'
import { App } from './app.tsx'
import { start } from './shell/session.ts'

await start()
render(<App />, document.body)
