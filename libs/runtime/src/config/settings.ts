import { root } from './schema.js'
import { isSection, type Section } from './section.js'
import { infoOf, type SettingInfo } from './setting.js'

export interface SettingEntry extends SettingInfo {
  path: readonly string[]
  /** `SERVER_BODY_LIMIT_KB` */
  env: string
  /** `SERVER__BODY_LIMIT_KB`, which shows where a section ends. */
  envLong: string
}

export const SECTION_NAMES: readonly string[] = Object.keys(root.shape)

/** Every setting of the system, in the order of the schema. */
export const SETTINGS: readonly SettingEntry[] = entriesOf(root, [])

function entriesOf(part: Section, above: readonly string[]): SettingEntry[] {
  return Object.entries(part.shape).flatMap(([key, child]) => {
    const path = [...above, key]
    if (isSection(child)) return entriesOf(child, path)
    const info = infoOf(child)
    if (info === undefined) throw new Error(`the setting ${path.join('.')} has no description`)
    return [{ ...info, path, env: path.join('_').toUpperCase(), envLong: path.join('__').toUpperCase() }]
  })
}
