import { hold } from './hold.ts'

hold('WebKitGTK')
