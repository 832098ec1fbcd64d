import { fileURLToPath } from 'node:url'

/** The processes of the system, in the order in which they are stopped: what takes work in goes first. */
export const STOP_ORDER = [
  ['gateway'],
  ['search-worker', 'match-worker', 'download-worker', 'convert-worker', 'place-worker'],
  ['scheduler'],
] as const

export type AppName = (typeof STOP_ORDER)[number][number]

export const APP_NAMES: readonly AppName[] = STOP_ORDER.flat()

const BUNDLES = new URL('../../../dist/', import.meta.url)

export function mainOf(app: AppName): string {
  return fileURLToPath(new URL(`${app}.js`, BUNDLES))
}
