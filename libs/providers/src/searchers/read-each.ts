import type { z } from 'zod'

/** The elements of a foreign list that have the shape; the others are left out. */
export function readEach<T extends z.ZodType>(schema: T, list: readonly unknown[], most: number): z.infer<T>[] {
  return list.slice(0, most).flatMap((element) => {
    const read = schema.safeParse(element)
    return read.success ? [read.data] : []
  })
}
