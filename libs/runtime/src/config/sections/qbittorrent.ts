import { z } from 'zod'
import type { Secret } from '../../secret.js'
import { section } from '../section.js'
import { describe, list, secret, text } from '../setting.js'
import { address } from './indexer.js'
import { CATEGORY, pathPair } from './torrent-client.js'

const url = z.union([z.literal('').transform(() => undefined), address]).prefault('') as unknown as z.ZodType<Secret | undefined>

/** Read when torrent.engine is qbittorrent, and there are no torrent.clients. */
export const qbittorrent = section(
  {
    url: describe(url, {
      about: 'Address of the web interface of qBittorrent, such as http://localhost:8080; required when TORRENT_ENGINE is qbittorrent',
      allowed: 'an http:// or https:// address',
      fallback: '',
      sensitive: true,
    }),
    username: text({ about: 'User of the web interface; empty = it lets us in without', fallback: '' }),
    password: secret({ about: 'Password of that user', fallback: '' }),
    category: text({
      about: 'Category in qBittorrent of all that is downloaded',
      ...CATEGORY,
    }),
    path_map: list(pathPair, {
      about:
        'Where qBittorrent names folders otherwise than we do: its name = our name, comma separated, such as /downloads=/data/downloads',
      allowed: 'a list of pairs such as /downloads=/data/downloads, first as qBittorrent says, then as we do',
      fallback: '',
      maxLength: 50,
    }),
  },
  ({ username, password }, complain) => {
    if (username !== '' && password === undefined) complain('password', 'is required when qbittorrent.username is set')
    if (username === '' && password !== undefined) complain('username', 'is required when qbittorrent.password is set')
  },
)
