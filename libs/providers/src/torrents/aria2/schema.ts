import { z } from 'zod'

/** aria2 writes all numbers and truth values as strings. */
const count = z
  .string()
  .regex(/^\d{1,16}$/)
  .transform(Number)

export const Text = z.string()

export const Version = z.object({ version: z.string().max(100) })

export const STATUS_KEYS = [
  'gid',
  'status',
  'totalLength',
  'completedLength',
  'uploadLength',
  'downloadSpeed',
  'uploadSpeed',
  'connections',
  'verifiedLength',
  'verifyIntegrityPending',
  'errorCode',
  'errorMessage',
]

export const Status = z.object({
  gid: z.string(),
  status: z.enum(['active', 'waiting', 'paused', 'error', 'complete', 'removed']),
  totalLength: count,
  completedLength: count,
  uploadLength: count,
  downloadSpeed: count,
  uploadSpeed: count,
  connections: count,
  verifiedLength: count.optional(),
  verifyIntegrityPending: z.string().optional(),
  errorCode: z.string().optional(),
  errorMessage: z.string().optional(),
  /** Only when asked for: it is long. Absent before the first start. */
  bitfield: z
    .string()
    .regex(/^[0-9a-f]*$/)
    .optional(),
})
export type Status = z.infer<typeof Status>

/** One malformed element does not hide the others. */
export const StatusList = z.array(z.unknown()).transform((items) =>
  items.flatMap((item) => {
    const parsed = Status.safeParse(item)
    return parsed.success ? [parsed.data] : []
  }),
)

export const FileList = z.array(z.object({ path: z.string(), length: count }))

export const Answer = z.object({
  id: z.string(),
  result: z.unknown().optional(),
  error: z.object({ code: z.number(), message: z.string().max(10_000) }).optional(),
})

export const Notification = z.object({
  method: z.string().max(100),
  params: z.tuple([z.object({ gid: z.string().max(100) })]),
})
