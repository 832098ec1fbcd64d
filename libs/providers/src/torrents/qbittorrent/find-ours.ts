import { type AddingDeps, isOurs } from './adding.js'
import type { Live } from './mirror.js'
import { samePlace, toTheirs } from './path-map.js'

/** As it stands there now. Somebody else's torrent of the same hash is not meant. */
export async function findOurs(infoHash: string, folder: string | undefined, { mirror, options }: AddingDeps): Promise<Live | undefined> {
  await mirror.look()
  const found = mirror.get(infoHash)
  const isThere = (live: Live) => folder === undefined || samePlace(live.save_path ?? '', toTheirs(options.pathMap, folder))
  return found && isOurs(found) && isThere(found) ? found : undefined
}
