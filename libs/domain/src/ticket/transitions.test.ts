import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { SAMPLE_STATES, sampleTicket } from '@torrentino/testkit'
import fc from 'fast-check'
import { DomainError } from '../errors.js'
import { isTerminal, STAGE_OF_STATE, STATES, type StateName, TERMINAL_STATES } from './state.js'
import { type Actor, resumeState, roleOf, type Ticket, transition } from './ticket.js'
import { TRANSITION_NAMES, type TransitionName, transitionRow } from './transitions.js'

const SYSTEM: Actor = { kind: 'system', id: 'search-worker' }
const OWNER: Actor = { kind: 'user', id: 'ann', role: 'user' }
const OTHER: Actor = { kind: 'user', id: 'bob', role: 'user' }
const ADMIN: Actor = { kind: 'user', id: 'root', role: 'admin' }
const OWNER_ADMIN: Actor = { kind: 'user', id: 'ann', role: 'admin' }
const ACTORS: [string, Actor][] = [
  ['a worker', SYSTEM],
  ['the requester', OWNER],
  ['somebody else', OTHER],
  ['an admin', ADMIN],
  ['the requester as admin', OWNER_ADMIN],
]
const TICKET = sampleTicket({ version: 5, stageVersion: 3 })
const NOW = new Date('2026-01-01T00:00:00.000Z')

function attempt(ticket: Ticket, type: TransitionName, to: StateName, actor: Actor): Ticket | DomainError {
  try {
    return transition(ticket, { type, state: SAMPLE_STATES[to] }, actor, NOW)
  } catch (error) {
    return error as DomainError
  }
}

function mayCause(type: TransitionName, actor: Actor): boolean {
  const roles = { system: actor.kind === 'system', requester: actor.kind === 'user' && (actor.id === 'ann' || actor.role === 'admin') }
  const admin = actor.kind === 'user' && actor.role === 'admin'
  return transitionRow(type).by.some((role) => (role === 'admin' ? admin : roles[role]))
}

describe('each step in each state, by each actor, to each state', () => {
  test.each(TRANSITION_NAMES)('%s is possible exactly as the table says', (type) => {
    const row = transitionRow(type)
    const cells = STATES.flatMap((from) => STATES.flatMap((to) => ACTORS.map(([name, actor]) => ({ from, to, name, actor }))))
    const wrong = cells.filter(({ from, to, actor }) => {
      const wanted = !row.from.includes(from) || !row.to.includes(to) ? 'illegal_transition' : mayCause(type, actor) ? 'moved' : 'forbidden'
      const result = attempt({ ...TICKET, state: SAMPLE_STATES[from], stage: STAGE_OF_STATE[from] }, type, to, actor)
      if (result instanceof DomainError) return result.code !== wanted
      return wanted !== 'moved' || result.version !== 6 || result.state.name !== to || result.stage !== STAGE_OF_STATE[to]
    })
    expect(wrong).toEqual([])
  })

  test('a refusal names the states in which it would be possible', () => {
    const refused = attempt(sampleTicket({ state: 'completed' }), 'cancel', 'cancelled', ADMIN)
    expect(refused).toBeInstanceOf(DomainError)
    expect((refused as DomainError).message).toContain(transitionRow('cancel').from.join(', '))
    expect((refused as DomainError).details).toEqual({ state: 'completed', allowed_states: transitionRow('cancel').from })
  })

  test('roles: an admin is a requester, too; a worker is neither', () => {
    const ticket = { requestedBy: 'ann' }
    expect(ACTORS.map(([, actor]) => roleOf(actor, ticket))).toEqual([
      ['system'],
      ['requester'],
      [],
      ['requester', 'admin'],
      ['requester', 'requester', 'admin'],
    ])
  })
})

describe('turns', () => {
  test('go on while the stage stays, and begin anew with another stage or a restart', () => {
    const begun = sampleTicket({ state: 'pending', version: 7, stageVersion: 4, attempts: 2, crashes: 1, lastError: 'x', dueAt: NOW })
    const same = transition(begun, { type: 'start_search', state: SAMPLE_STATES.searching }, SYSTEM, NOW)
    expect(same).toMatchObject({ version: 8, stageVersion: 4, attempts: 0, crashes: 0, dueAt: null, lastError: null, updatedAt: NOW })
    expect(transition(same, { type: 'candidates_found', state: SAMPLE_STATES.matching }, SYSTEM, NOW)).toMatchObject({ stageVersion: 9 })
    expect(transition(same, { type: 'force_search', state: SAMPLE_STATES.searching }, ADMIN, NOW)).toMatchObject({
      stage: 'search',
      stageVersion: 9,
    })
  })

  test('a failed one that is cancelled is cleaned up as such, though the clean-up of the failure is not over', () => {
    const failed = { ...TICKET, state: SAMPLE_STATES.failed, stage: 'cleanup' as const }
    expect(attempt(failed, 'cancel', 'cancelled', OWNER)).toMatchObject({ stage: 'cleanup', stageVersion: 6 })
  })

  test('what stages hand to each other is kept, and taken away where the step says so', () => {
    const ticket = sampleTicket({ state: 'pending', work: { forced_query: 'old', candidates_count: 3 } })
    const work = { forced_query: undefined, selected_idx: 1 }
    const after = transition(ticket, { type: 'start_search', state: SAMPLE_STATES.searching, work }, SYSTEM, NOW)
    expect(JSON.parse(JSON.stringify(after.work))).toEqual({ candidates_count: 3, selected_idx: 1 })
    expect(ticket.work).toEqual({ forced_query: 'old', candidates_count: 3 })
  })
})

describe('no ticket without a way on', () => {
  const COMMANDS = TRANSITION_NAMES.filter((name) => !transitionRow(name).by.includes('system'))

  test.each(STATES.filter((state) => !isTerminal(state)))('%s: a stage works on it, or a command leads on', (state) => {
    const steps = TRANSITION_NAMES.filter((name) => transitionRow(name).from.includes(state) && transitionRow(name).by.includes('system'))
    const commands = COMMANDS.filter((name) => name !== 'cancel' && transitionRow(name).from.includes(state))
    if (STAGE_OF_STATE[state] !== null) expect(steps.filter((name) => name !== 'fail')).not.toEqual([])
    else expect(commands).not.toEqual([])
  })

  test.each(STATES.filter((state) => state !== 'pending'))('%s can be reached', (state) => {
    expect(TRANSITION_NAMES.some((name) => transitionRow(name).to.includes(state))).toBe(true)
  })

  test.each(STATES)('a ticket that failed in %s is taken up in a state that retry leads to, at or before it', (state) => {
    expect(transitionRow('retry').to).toContain(resumeState(state))
    expect(STATES.indexOf(resumeState(state))).toBeLessThanOrEqual(STATES.indexOf(state))
  })

  test('ends have no step that a worker makes', () => {
    for (const state of TERMINAL_STATES)
      for (const name of TRANSITION_NAMES)
        if (transitionRow(name).by.includes('system')) expect(transitionRow(name).from).not.toContain(state)
  })

  test('any sequence of steps counts up by one each and stays within the states', () => {
    const choice = fc.record({
      name: fc.constantFrom(...TRANSITION_NAMES),
      to: fc.constantFrom(...STATES),
      actor: fc.constantFrom(...ACTORS),
    })
    fc.assert(
      fc.property(fc.array(choice, { maxLength: 300 }), (choices) => {
        let ticket: Ticket = { ...TICKET, version: 1, stageVersion: 1 }
        let steps = 0
        for (const { name, to, actor } of choices) {
          const result = attempt(ticket, name, to, actor[1])
          if (result instanceof DomainError) continue
          ticket = result
          steps += 1
          const { version, stageVersion, state, stage } = ticket
          if (version !== steps + 1 || stageVersion > version || !STATES.includes(state.name) || stage !== STAGE_OF_STATE[state.name])
            throw new Error(`${name} led to ${JSON.stringify({ version, stageVersion, state: state.name, stage })}`)
        }
      }),
    )
  })
})

describe('the diagram in the README', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const [, diagram = ''] = /```mermaid\n([\s\S]*?)```/.exec(readme) ?? []
  const [, running = ''] = /state running \{([^}]*)\}/.exec(diagram) ?? []
  const group = running.trim().split(/\s+/)
  const drawn = [...diagram.matchAll(/^ *(\w+) --> (\w+): (\w+)$/gm)].flatMap(([, from = '', to, name]) =>
    (from === 'running' ? group : [from]).map((state) => `${state} --> ${to}: ${name}`),
  )
  /** A retry leads back to where it failed, so from `search_failed` to the beginning only. */
  const tabled = TRANSITION_NAMES.flatMap((name) => {
    const { from, to } = transitionRow(name)
    return from.flatMap((state) => to.map((next) => `${state} --> ${next}: ${name}`))
  }).filter((edge) => !/^search_failed --> (?!pending).*: retry$/.test(edge))

  test('shows every step of the table, and nothing else', () => {
    expect(drawn.toSorted()).toEqual(tabled.toSorted())
  })

  test('shows the beginning and the ends', () => {
    expect(diagram).toMatch(/\[\*\] --> pending/)
    expect([...diagram.matchAll(/(\w+) --> \[\*\]/g)].map(([, state]) => state).toSorted()).toEqual([...TERMINAL_STATES].toSorted())
  })
})
