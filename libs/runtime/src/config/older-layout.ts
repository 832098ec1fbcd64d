import type { Findings } from './findings.js'
import { getAt, isTree, removeAt, setAt, type Tree } from './tree.js'

/** Keys of older files that live elsewhere now. */
const MOVED: Record<string, string> = {
  'qbittorrent.download_path': 'torrent.download_path',
  'qbittorrent.seed_ratio_target': 'torrent.seed_ratio_target',
  'qbittorrent.seed_time_limit_mins': 'torrent.seed_time_limit_mins',
  'qbittorrent.cleanup_policy': 'torrent.cleanup_policy',
  'server.auth_token': 'auth.shared_secret',
}

/** Keys of older files that have no effect, and why. */
const WITHOUT_EFFECT: Record<string, string> = {
  'searcher.backend': 'the sections searcher.jackett and searcher.prowlarr may both be there, and searcher.indexers beside them',
  'database.path': 'the data is in the PostgreSQL of database.url',
  'processing.check_interval_secs': 'nothing is polled',
}

/** Lets a file of the older layout through, and says what becomes of its keys. */
export function adoptOlderLayout(tree: Tree, findings: Findings): void {
  chooseSharedSecret(tree, findings)
  for (const [from, to] of Object.entries(MOVED)) move(tree, from, to, findings)
  for (const [path, why] of Object.entries(WITHOUT_EFFECT)) {
    if (getAt(tree, path.split('.')) === undefined) continue
    removeAt(tree, path.split('.'))
    findings.notice(`${path} has no effect: ${why}`)
  }
  chooseEngine(tree, findings)
  const emptied = tree.qbittorrent
  if (isTree(emptied) && Object.keys(emptied).length === 0) delete tree.qbittorrent
  renameRateLimits(tree, findings)
}

/** There was no method to choose: who named a token asked for it. */
function chooseSharedSecret(tree: Tree, findings: Findings): void {
  if (getAt(tree, ['server', 'auth_token']) === undefined || getAt(tree, ['auth', 'method']) !== undefined) return
  setAt(tree, ['auth', 'method'], 'secret')
  findings.notice('auth.method is secret, because server.auth_token is set and auth.method is not')
}

/** There was no engine to choose: who named a qBittorrent had it download. */
function chooseEngine(tree: Tree, findings: Findings): void {
  if (getAt(tree, ['qbittorrent', 'url']) === undefined || getAt(tree, ['torrent', 'engine']) !== undefined) return
  setAt(tree, ['torrent', 'engine'], 'qbittorrent')
  findings.notice('torrent.engine is qbittorrent, because qbittorrent.url is set and torrent.engine is not')
}

function move(tree: Tree, from: string, to: string, findings: Findings): void {
  const value = getAt(tree, from.split('.'))
  if (value === undefined) return
  removeAt(tree, from.split('.'))
  if (getAt(tree, to.split('.')) === undefined) setAt(tree, to.split('.'), value)
  findings.notice(`${from} is called ${to} now`)
}

function renameRateLimits(tree: Tree, findings: Findings): void {
  const indexers = getAt(tree, ['searcher', 'jackett', 'indexers'])
  if (!Array.isArray(indexers)) return
  for (const entry of indexers.filter(isTree)) move(entry, 'rate_limit_requests_per_min', 'requests_per_minute', findings)
}
