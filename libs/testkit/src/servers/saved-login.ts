import { randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort, isPortFree } from './port.js'

/** How a server of ours is reached. Kept beside its data, readable for its owner only. */
export interface Login {
  port: number
  password: string
}

/** The login of the last run, so that addresses stay the same; another port where somebody has taken that one. */
export async function savedLogin(folder: string, anotherPort = false): Promise<Login> {
  const file = fileOf(folder)
  const saved = await knownLogin(folder)
  const keepPort = saved?.port !== undefined && !anotherPort && (await isPortFree(saved.port))
  if (saved !== undefined && keepPort) return saved
  const login = { port: await freePort(), password: saved?.password ?? randomBytes(24).toString('hex') }
  await writeFile(`${file}.new`, JSON.stringify(login), { mode: 0o600 })
  await rename(`${file}.new`, file)
  return login
}

export async function knownLogin(folder: string): Promise<Login | undefined> {
  return parse(await readFile(fileOf(folder), 'utf8').catch(() => '{}'))
}

function fileOf(folder: string): string {
  return join(folder, 'login.json')
}

function parse(text: string): Login | undefined {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null || !('port' in value) || !('password' in value)) return undefined
  const { port, password } = value
  return typeof port === 'number' && typeof password === 'string' ? { port, password } : undefined
}
