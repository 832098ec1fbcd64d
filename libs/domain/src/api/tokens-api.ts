import { z } from 'zod'

/** How keys begin that are made here. */
export const TOKEN_START = 'qt_'

export const UserRole = z.enum(['user', 'admin'])
export type UserRole = z.infer<typeof UserRole>

const moment = z.iso.datetime()

export const NewTokenBody = z.strictObject({
  /** Also the user that its caller is. */
  name: z.string().regex(/^[\w.@-]{1,64}$/, 'letters, digits and _ . @ - only, at most 64'),
  role: UserRole,
  expires_at: z.iso
    .datetime({ offset: true })
    .transform((value) => new Date(value))
    .optional(),
})
export type NewTokenBody = z.infer<typeof NewTokenBody>

export const TokenView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    role: UserRole,
    created_by: z.string(),
    created_at: moment,
    expires_at: moment.nullable(),
  })
  .meta({ id: 'TokenView' })
export type TokenView = z.infer<typeof TokenView>

export const TokenList = z.object({ tokens: z.array(TokenView) })
export type TokenList = z.infer<typeof TokenList>

/** The key is shown this once. */
export const TokenCreated = TokenView.extend({ key: z.string() })
export type TokenCreated = z.infer<typeof TokenCreated>

/** Stands for the caller in the handshake of one WebSocket. */
export const StreamPass = z.object({ pass: z.string(), expires_in_secs: z.int().positive() })
export type StreamPass = z.infer<typeof StreamPass>

export const TokenParams = z.strictObject({ id: z.uuid() })
