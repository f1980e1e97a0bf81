import { hold } from './hold.ts'

hold('Chromium')
