import type { Evidence, Verdict } from './rule.js'

/** Only whether anybody has it; how many decides among equals. */
export function seedersRule({ candidate }: Pick<Evidence, 'candidate'>): Verdict {
  const { seeders } = candidate
  if (seeders === 0) return { code: 'seeders', points: -0.3, text: 'nobody is known to seed it' }
  return { code: 'seeders', points: 0, text: seeders === 1 ? 'one seeder' : `${seeders} seeders` }
}
