import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

// Node's types leave this to the browser's.
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>
  instantiate(module: object, imports: object): Promise<{ exports: Record<string, unknown> }>
}

const require = createRequire(import.meta.url)
let loaded: Promise<void> | undefined

/** Prisma's own schema engine as WebAssembly, so that nothing has to be downloaded to migrate. */
async function loadEngine(): Promise<void> {
  const file = join(dirname(require.resolve('@prisma/schema-engine-wasm')), 'schema_engine_bg.wasm')
  const module = await WebAssembly.compile(await readFile(file))
  const instance = await WebAssembly.instantiate(module, { './schema_engine_bg.js': { ...bindings, ...quietTimers() } })
  const glue = bindings as unknown as { __wbg_set_wasm(wasm: object): void }
  glue.__wbg_set_wasm(instance.exports)
  ;(instance.exports.__wbindgen_start as () => void)()
}

/** The engine leaves a timer of ten seconds behind, which would keep the process alive that long after the work is done. */
function quietTimers(): Record<string, unknown> {
  const names = Object.keys(bindings).filter((name) => name.startsWith('__wbg_setTimeout'))
  return Object.fromEntries(names.map((name) => [name, (task: () => void, ms: number) => setTimeout(task, ms >>> 0).unref()]))
}

export async function withEngine<T>(databaseUrl: string, datamodel: string, use: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  loaded ??= loadEngine()
  await loaded
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 })
  const factory = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool))
  const { SchemaEngine: Engine } = bindings as unknown as typeof import('@prisma/schema-engine-wasm')
  try {
    const engine = await Engine.new({ datamodels: [['schema.prisma', datamodel]] } as never, () => {}, factory)
    try {
      return await use(engine)
    } finally {
      engine.free()
    }
  } finally {
    await pool.end()
  }
}
