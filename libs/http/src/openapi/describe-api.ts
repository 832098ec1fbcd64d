import { Problem } from '@torrentino/domain'
import { z } from 'zod'
import type { Answer, Route } from '../route.js'
import { createSchemaWriter, type SchemaWriter } from './schemas.js'

export interface ApiInfo {
  title: string
  /** Of the contract, not of the program. */
  version: string
  description: string
  /** In front of every path. */
  prefix: string
  /** Where a proxy has all of it; empty: at the root. */
  base: string
}

type Json = Record<string, unknown>

/** The description (OpenAPI 3.1) of what the routes take and answer, from the schemas that they themselves read with. */
export function describeApi({ prefix, base, ...info }: ApiInfo, routes: readonly Route[]): Json {
  const schemas = createSchemaWriter()
  const problem = schemas.write(Problem, 'output')
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const path = `${prefix}${plainPath(route.path)}`
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, schemas) }
  }
  return {
    openapi: '3.1.0',
    info,
    servers: [{ url: base === '' ? '/' : base }],
    paths,
    components: {
      schemas: schemas.components(),
      responses: { Problem: { description: 'Why not, and what is allowed', content: { 'application/problem+json': { schema: problem } } } },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    },
  }
}

/** `/ticket{s}/:ticket_id` is `/ticket/{ticket_id}`. */
function plainPath(path: string): string {
  return path.replace('{s}', '').replaceAll(/:(\w+)/g, '{$1}')
}

function operationOf(route: Route, schemas: SchemaWriter): Json {
  const { name, about, access, params, query, body, method, path } = route
  const sent = method === 'GET' ? undefined : bodyOf(body, schemas)
  return {
    summary: about,
    operationId: name,
    tags: [plainPath(path).split('/')[1]],
    ...(access === 'admin' && { description: 'For admins.' }),
    security: access === 'open' ? [] : [{ bearer: [] }],
    parameters: [...parametersOf(params, 'path', schemas), ...parametersOf(query, 'query', schemas)],
    ...(sent && { requestBody: sent }),
    responses: { ...answersOf(route, schemas), default: { $ref: '#/components/responses/Problem' } },
  }
}

function parametersOf(schema: z.ZodType, place: 'path' | 'query', schemas: SchemaWriter): Json[] {
  const { properties = {}, required = [] } = schemas.write(schema, 'input') as { properties?: Record<string, Json>; required?: string[] }
  return Object.entries(properties).map(([name, { description, ...written }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description !== undefined && { description }),
    schema: written,
  }))
}

function bodyOf(schema: z.ZodType, schemas: SchemaWriter): Json | undefined {
  const written = schemas.write(schema, 'input')
  if (Object.keys((written.properties as Json | undefined) ?? { some: written.$ref ?? written.anyOf }).length === 0) return undefined
  return { required: !schema.safeParse(undefined).success, content: { 'application/json': { schema: written } } }
}

function answersOf({ answer, statuses = [200] }: Route, schemas: SchemaWriter): Json {
  const content = contentOf(answer, schemas)
  return Object.fromEntries(statuses.map((status) => [status, { description: status === 202 ? 'Begun' : 'Done', content }]))
}

function contentOf(answer: Answer, schemas: SchemaWriter): Json {
  if (answer instanceof z.ZodType) return { 'application/json': { schema: schemas.write(answer, 'output') } }
  const types = typeof answer.type === 'string' ? [answer.type] : answer.type
  return Object.fromEntries(
    types.map((type) => [
      type,
      { schema: type === 'application/octet-stream' ? { type: 'string', format: 'binary' } : { type: 'string' } },
    ]),
  )
}
