import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { GatewayDeps } from '../deps.js'
import { gatewayMounts } from '../routes.js'

// biome-ignore lint/suspicious/noExplicitAny: a document of many depths
type Json = any

/** The description that callers get. It is made of the schemas alone, so nothing need run. */
export async function readContract(): Promise<Json> {
  const [api] = gatewayMounts({ store: {}, config: { server: { base_path: '' } } } as unknown as GatewayDeps)
  const reply = await api?.routes.find(({ path }) => path === '/openapi.json')?.handle({} as never)
  return JSON.parse(JSON.stringify(reply?.json))
}

export interface Contract {
  document: Json
  /** What the answer has that the description does not foresee; empty when all is well. */
  faultsOf(answer: { method: string; path: string; status: number; type: string; json: unknown }): string[]
}

export async function openContract(): Promise<Contract> {
  const document = await readContract()
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  ;(addFormats as unknown as (ajv: Ajv2020) => void)(ajv)
  ajv.addSchema({ $id: 'contract', components: document.components })
  const validators = new Map<string, ValidateFunction>()

  function validate(place: string, schema: Json, value: unknown): string[] {
    const known = validators.get(place)
    const check = known ?? ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"contract#/components')))
    validators.set(place, check)
    return check(value)
      ? []
      : (check.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`)
  }

  return {
    document,
    faultsOf({ method, path, status, type, json }) {
      if (status >= 400) {
        if (type !== 'application/problem+json') return [`a ${status} of type ${type}`]
        return validate('Problem', document.components.schemas.Problem, json)
      }
      const operation = operationOf(document, method, path)
      if (operation === undefined) return []
      const answer = operation.responses[status]
      if (answer === undefined) return [`status ${status}`]
      if (status === 304) return []
      const content = answer.content[type] ?? answer.content['application/octet-stream']
      if (content === undefined) return [`type ${type}`]
      return type === 'application/json' ? validate(`${operation.operationId} ${status}`, content.schema, json) : []
    },
  }
}

/** Of an address with or without /api/v1, in both words; undefined for what is not described (probes, the page). */
function operationOf(document: Json, method: string, address: string): Json {
  const path = `/api/v1${(address.split('?')[0] ?? '').replace(/^\/api\/v1/, '').replace(/^\/tickets/, '/ticket')}`
  const fitting = Object.keys(document.paths).filter((template) => new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path))
  const exact = fitting.find((template) => template === path) ?? fitting[0]
  return exact === undefined ? undefined : document.paths[exact][method.toLowerCase()]
}
