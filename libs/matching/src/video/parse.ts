import type { ParsedRelease } from '../release-name/parsed-release.js'

export type ParseRelease = (name: string) => ParsedRelease
