import { z } from 'zod'
import type { Setting } from './setting.js'

export type Shape = Record<string, Setting<unknown> | Section>

/** A table of the file: its settings by name, and the schema that reads them together. */
export interface Section<S extends Shape = Shape, T = unknown> {
  shape: S
  schema: z.ZodType<T>
}

export type Values<S extends Shape> = {
  [K in keyof S]: S[K] extends Section<Shape, infer T> ? T : S[K] extends z.ZodType<infer T> ? T : never
}

/** Says what does not fit together: the key it is about, with dots where it lies deeper, and a sentence. */
export type Complain = (key: string, message: string) => void

/** The check sees values only when each of them is right by itself. */
export function section<S extends Shape>(shape: S, check?: (values: Values<S>, complain: Complain) => void): Section<S, Values<S>> {
  const fields = Object.fromEntries(Object.entries(shape).map(([key, part]) => [key, isSection(part) ? part.schema : part]))
  const object = z.strictObject(fields).transform((values, ctx) => {
    check?.(values as Values<S>, (key, message) =>
      ctx.addIssue({ code: 'custom', path: key.split('.'), message, params: { sentence: true } }),
    )
    return values
  })
  return { shape, schema: object.prefault({}) as unknown as z.ZodType<Values<S>> }
}

/** The same table on the outside, another value on the inside. */
export function mapped<S extends Shape, T, U>(from: Section<S, T>, map: (values: T) => U): Section<S, U> {
  return { shape: from.shape, schema: from.schema.transform(map) as unknown as z.ZodType<U> }
}

export function isSection(part: Setting<unknown> | Section): part is Section {
  return 'shape' in part && 'schema' in part
}
