import { createHash, randomUUID } from 'node:crypto'
import {
  type Config,
  createMetrics,
  createReadiness,
  type Logger,
  loadConfig,
  type ProcessContext,
  silentLogger,
  type Tracer,
} from '@torrentino/runtime'
import { type Parts, startGateway } from '../compose.js'
import { type Contract, openContract } from './contract.js'

export const KEYS = { admin: 'admin-key-of-the-tests', ann: 'key-of-ann-for-tests', ben: 'key-of-ben-for-tests' } as const
export type Caller = keyof typeof KEYS | 'nobody'

export interface Servers {
  databaseUrl: string
  redisUrl: string
}

export interface Answer {
  status: number
  headers: Headers
  text: string
  /** The body, where it is JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it
  json: any
}

export interface CallOptions {
  as?: Caller
  body?: unknown
  /** Sent as it is, instead of `body`. */
  raw?: string | Uint8Array<ArrayBuffer>
  headers?: Record<string, string>
}

export interface TestGateway {
  url: string
  config: Config
  call(method: string, path: string, options?: CallOptions): Promise<Answer>
  close(): Promise<void>
}

export interface GatewayOptions extends Servers {
  mediaRoots?: string[]
  env?: Record<string, string>
  log?: Logger
  parts?: Partial<Parts>
  tracer?: Tracer
}

/** A gateway in this process, with everything as in `main.ts` but the signals. */
export async function openGateway({ databaseUrl, redisUrl, mediaRoots, env, log, parts, tracer }: GatewayOptions): Promise<TestGateway> {
  const config = loadConfig({
    AUTH_METHOD: 'token',
    AUTH_TOKENS: Object.entries(KEYS)
      .map(([name, key]) => `${name}:${name === 'admin' ? 'admin' : 'user'}:${createHash('sha256').update(key).digest('hex')}`)
      .join(','),
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    REDIS_PREFIX: `gateway-${randomUUID().slice(0, 8)}`,
    MEDIA_ROOTS: mediaRoots?.join(',') ?? '/media/music',
    SERVER_PORT: '0',
    ...env,
  })
  const { ctx, stop } = processContext(config, log ?? silentLogger)
  const { url } = await startGateway({ ...ctx, tracer }, parts)
  return { url, config, call: (method, path, options) => call(url, method, path, options), close: stop }
}

async function call(url: string, method: string, path: string, { as = 'admin', body, raw, headers }: CallOptions = {}): Promise<Answer> {
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(as === 'nobody' ? {} : { authorization: `Bearer ${KEYS[as]}` }),
      ...(body === undefined && raw === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: raw ?? (body === undefined ? undefined : JSON.stringify(body)),
    redirect: 'manual',
  })
  const text = await response.text()
  const isJson = /json$|json;/.test(response.headers.get('content-type') ?? '') && text !== ''
  const isLines = response.headers.get('content-type')?.includes('ndjson') ?? false
  const answer = { status: response.status, headers: response.headers, text, json: isJson && !isLines ? JSON.parse(text) : undefined }
  if (method !== 'HEAD' && method !== 'OPTIONS') await keepToContract(method, path, answer)
  return answer
}

let contract: Promise<Contract> | undefined

/** Whatever a test asks for, the answer has to be as the API describes it. */
async function keepToContract(method: string, path: string, { status, headers, json }: Answer): Promise<void> {
  contract ??= openContract()
  const type = (headers.get('content-type') ?? '').split(';')[0] ?? ''
  const faults = (await contract).faultsOf({ method, path, status, type, json })
  if (faults.length > 0) throw new Error(`the answer to ${method} ${path} is not as described: ${faults.join('; ')}`)
}

function processContext(config: Config, log: Logger): { ctx: ProcessContext; stop(): Promise<void> } {
  const stops: (() => unknown)[] = []
  const controller = new AbortController()
  const ready = createReadiness()
  const ctx: ProcessContext = {
    service: 'gateway',
    instanceId: 'gateway-test',
    config,
    log,
    metrics: createMetrics('gateway', { processMetrics: false }),
    signal: controller.signal,
    onStop: (_name, stop) => void stops.push(stop),
    onReady: (name, check) => ready.add(name, check),
    ready,
  }
  async function stop(): Promise<void> {
    controller.abort(new Error('stopping'))
    for (let next = stops.pop(); next !== undefined; next = stops.pop()) await next()
  }
  return { ctx, stop }
}
