import { describe, expect, it } from '@jest/globals'
import { Validator } from '@seriousme/openapi-schema-validator'
import type { GatewayDeps } from './deps.js'
import { gatewayMounts } from './routes.js'
import { readContract } from './test-support/contract.js'

describe('the description of the API', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    expect(await validator.validate(await readContract())).toMatchObject({ valid: true })
    expect(validator.version).toBe('3.1')
  })

  it('has every route under /api/v1, and no other', async () => {
    const { paths } = await readContract()
    const described = Object.entries(paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const [api] = gatewayMounts({ store: {}, config: { server: { base_path: '' } } } as unknown as GatewayDeps)
    const routes = api?.routes.map(({ method, path }) => `${method} /api/v1${path.replace('{s}', '').replaceAll(/:(\w+)/g, '{$1}')}`)
    expect(described.toSorted()).toEqual(routes?.toSorted())
  })

  it('gives each operation a name of its own and a line of what it does', async () => {
    const { paths } = await readContract()
    const operations = Object.values(paths as Record<string, object>).flatMap((methods) => Object.values(methods))
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
    for (const { summary, operationId } of operations) {
      expect(summary).toMatch(/^[A-Z].{4,}$/)
      // A function in any language.
      expect(operationId).toMatch(/^[a-z]+([A-Z][a-z]+)+$/)
    }
  })

  // Whoever changes the contract sees here what callers will see, and raises API_VERSION.
  it('is what it was', async () => expect(await readContract()).toMatchSnapshot())
})
