import type { HttpClient } from '@torrentino/runtime'
import type { Settings } from '../settings.js'

export interface DoctorDeps extends Settings {
  env: NodeJS.ProcessEnv
  /** Of the launcher: where its own servers are. */
  dataFolder: string
  http: HttpClient
  now(): number
}
