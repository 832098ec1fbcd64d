import { z } from 'zod'
import { apartFromOthers, Secret, secretUrl } from '../secret.js'

export interface SettingInfo {
  /** One line of meaning, as in .env.example. */
  about: string
  /** What may stand there; ends the sentence "... must be". */
  allowed: string
  /** The default as text; undefined: the setting is required. */
  fallback: string | undefined
  /** The value is never shown, not even when it is wrong. */
  sensitive: boolean
  /** What the fields of a list's elements may hold. */
  parts?: Record<string, z.ZodType>
  /** From the text of an environment variable to what the schema reads; text that does not fit stays text. */
  fromText(text: string): unknown
}

export type Setting<T> = z.ZodType<T>

const infos = new WeakMap<z.ZodType, SettingInfo>()

export function infoOf(schema: z.ZodType): SettingInfo | undefined {
  return infos.get(schema)
}

interface Described<F> {
  about: string
  allowed?: string
  fallback?: F
}

export function describe<T>(schema: z.ZodType<T>, info: Pick<SettingInfo, 'about' | 'allowed'> & Partial<SettingInfo>): Setting<T> {
  infos.set(schema, { fallback: undefined, sensitive: false, fromText: (value) => value, ...info })
  return schema
}

function withFallback<T>(schema: z.ZodType<T>, fallback: unknown): z.ZodType<T> {
  return fallback === undefined ? schema : (schema.prefault(fallback as never) as unknown as z.ZodType<T>)
}

/** Control characters have no place in a setting; they come from broken files and make log lines lie. */
export const plainText = z
  .string()
  .max(4096)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
  .regex(/^[^\u0000-\u001f\u007f]*$/u)

export function text(d: Described<string> & { pattern?: RegExp }): Setting<string> {
  const schema = d.pattern === undefined ? plainText : plainText.regex(d.pattern)
  return describe(withFallback(schema, d.fallback), { about: d.about, allowed: d.allowed ?? 'text', fallback: d.fallback })
}

export function choice<const T extends string>(values: readonly T[], d: Described<T>): Setting<T> {
  const allowed = d.allowed ?? `one of ${values.join(', ')}`
  return describe<T>(withFallback<T>(z.enum(values) as unknown as z.ZodType<T>, d.fallback), {
    about: d.about,
    allowed,
    fallback: d.fallback,
  })
}

interface Range extends Described<number> {
  min: number
  max: number
}

export function integer(d: Range): Setting<number> {
  return number(z.int().min(d.min).max(d.max), d, `a whole number from ${d.min} to ${d.max}`)
}

export function decimal(d: Range): Setting<number> {
  return number(z.number().min(d.min).max(d.max), d, `a number from ${d.min} to ${d.max}`)
}

function number(schema: z.ZodType<number>, d: Range, allowed: string): Setting<number> {
  const fallback = d.fallback === undefined ? undefined : String(d.fallback)
  return describe(withFallback(schema, d.fallback), { about: d.about, allowed: d.allowed ?? allowed, fallback, fromText: numberFromText })
}

/** `12abc`, `0x10` and `1e3` are slips of the hand, not numbers. */
export function numberFromText(value: string): unknown {
  return /^[+-]?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value
}

export function flag(d: Described<boolean>): Setting<boolean> {
  return describe(withFallback(z.boolean(), d.fallback), {
    about: d.about,
    allowed: 'true or false',
    fallback: d.fallback === undefined ? undefined : String(d.fallback),
    fromText: (value) => ({ true: true, false: false })[value.trim().toLowerCase()] ?? value,
  })
}

interface ListLimits {
  allowed: string
  minLength?: number
  maxLength: number
  sensitive?: boolean
}

/** A list; in the environment its parts are separated by commas. */
export function list<T>(element: z.ZodType<T>, d: Described<string> & ListLimits): Setting<T[]> {
  const schema = z
    .array(element)
    .min(d.minLength ?? 0)
    .max(d.maxLength)
  return describe<T[]>(withFallback<T[]>(schema, d.fallback === undefined ? undefined : splitList(d.fallback)), {
    about: d.about,
    allowed: d.allowed,
    fallback: d.fallback,
    sensitive: d.sensitive ?? false,
    fromText: splitList,
  })
}

/** Text that is no JSON stays text, and is refused as such. */
export function jsonFromText(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

export function splitList(value: string): string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** Text that opens doors. `fallback: ''` makes it optional. */
export function secret(d: Described<''>): Setting<Secret | undefined> {
  const schema = plainText.transform((value) => (value === '' ? undefined : new Secret(value)))
  const allowed = d.allowed ?? 'text without control characters'
  return describe<Secret | undefined>(withFallback(schema, d.fallback), { about: d.about, allowed, fallback: d.fallback, sensitive: true })
}

/** The address of a server that may carry a password, hence a secret. */
export function serverUrl(protocols: readonly string[], d: Described<string>): Setting<Secret> {
  return secretAddress((value) => isUrl(value, protocols), { ...d, allowed: d.allowed ?? addressLike(protocols) })
}

function addressLike(protocols: readonly string[]): string {
  return `an address like ${protocols[0]}//user:password@host/name (${protocols.map((name) => `${name}//`).join(' or ')})`
}

/** The same for a server that need not be. */
export function optionalServerUrl(protocols: readonly string[], { about }: { about: string }): Setting<Secret | undefined> {
  const schema = plainText
    .refine((value) => value === '' || isUrl(value, protocols))
    .transform((value) => (value === '' ? undefined : secretUrl(value)))
  return describe<Secret | undefined>(withFallback(schema, ''), { about, allowed: addressLike(protocols), fallback: '', sensitive: true })
}

/** The same where an address is more than URL knows. */
export function addressOf(form: RegExp, d: Described<string> & { allowed: string }): Setting<Secret> {
  return secretAddress((value) => form.test(value) && URL.canParse(apartFromOthers(value).url), d)
}

function secretAddress(isOne: (value: string) => boolean, { about, allowed, fallback }: Described<string> & { allowed: string }) {
  const schema = plainText.refine(isOne).transform(secretUrl)
  return describe(withFallback(schema, fallback), { about, allowed, fallback, sensitive: true })
}

export function isUrl(value: string, protocols: readonly string[]): boolean {
  const url = URL.canParse(value) ? new URL(value) : undefined
  return url !== undefined && url.hostname !== '' && protocols.includes(url.protocol)
}
