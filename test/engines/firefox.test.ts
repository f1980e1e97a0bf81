import { hold } from './hold.ts'

hold('Firefox ESR')
