import { z } from 'zod'

export const USER_ROLES = ['user', 'admin'] as const
export type UserRole = (typeof USER_ROLES)[number]

export const ROLE = z.enum(USER_ROLES)

/** Whoever proves it in whatever way: one line of text without control characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
export const USER_ID = z.string().regex(/^[^\u0000-\u001f\u007f]{1,256}$/u)
