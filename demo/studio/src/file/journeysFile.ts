import { atom } from 'nanostores'

export interface JourneysFile {
  readonly name: string
  readonly text: string
}

/** The journeys file that is open: who is played in simulations. `undefined`: the stock personas. */
export const $journeys = atom<JourneysFile | undefined>(undefined)
