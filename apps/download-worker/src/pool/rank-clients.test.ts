import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Option, rankClients } from './rank-clients.js'

const option = (name: string, change: Partial<Option> = {}): Option => ({ name, ok: true, left: 100, loading: 0, ...change })

describe('where a new torrent goes', () => {
  test.each<[string, Option[], string[]]>([
    ['where there is room, however busy that is', [option('full', { left: 9 }), option('busy', { loading: 7 })], ['busy', 'full']],
    ['where the fewest are loading', [option('busy', { loading: 2, left: 500 }), option('idle', { loading: 1 })], ['idle', 'busy']],
    ['where there is the most space', [option('small'), option('large', { left: 200 })], ['large', 'small']],
    ['as they are set up, where nothing else tells', [option('one'), option('two')], ['one', 'two']],
    ['not where it cannot be used', [option('away', { ok: false }), option('busy', { loading: 9 })], ['busy']],
    ['nowhere, if need be', [option('away', { ok: false })], []],
  ])('%s', (_what, options, names) => expect(rankClients(options, 10).map(({ name }) => name)).toEqual(names))

  test('whatever they are: all that can be used, and never one without room before one that has it', () => {
    const options = fc.array(fc.record({ name: fc.string(), ok: fc.boolean(), left: fc.nat(20), loading: fc.nat(5) }))
    fc.assert(
      fc.property(options, fc.nat(20), (all, size) => {
        const ranked = rankClients(all, size)
        expect(new Set(ranked)).toEqual(new Set(all.filter(({ ok }) => ok)))
        const rooms = ranked.map(({ left }) => left >= size)
        expect(rooms).toEqual(rooms.toSorted((one, other) => Number(other) - Number(one)))
      }),
    )
  })
})
