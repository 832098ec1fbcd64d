import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { jsonFaultPlace } from './json-fault-place.js'

describe('where a text stops being JSON', () => {
  it.each([
    ['', 0],
    ['{', 1],
    ['[1, 2', 5],
    ['tru', 3],
    ['nulx', 3],
    ['{"a": abc}', 6],
    ['{"a":tru}', 8],
    ['{"a":1,}', 7],
    ['{"a" 1}', 5],
    ['[1]]', 3],
    ['{"a":01}', 6],
    [`{"a": "${'x'.repeat(100)}", "b": oops, "c": "${'y'.repeat(100)}"}`, 115],
  ])('%j at %d', (text, position) => expect(jsonFaultPlace(text)).toBe(` at position ${position} (line 1, column ${position + 1})`))

  it('counts lines', () => expect(jsonFaultPlace('{\n  "a": 1,\n  "b": x\n}')).toBe(' at position 19 (line 3, column 8)'))

  it('finds the character that was put where none may be, and quotes nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), (value, seed) => {
        const text = JSON.stringify([value])
        const commas = [...text.matchAll(/[[\]{},:]/g)].map((match) => match.index).filter((at) => isOutsideOfText(text, at))
        const at = commas[seed % commas.length] ?? 0
        const broken = `${text.slice(0, at)}~${text.slice(at)}`
        expect(jsonFaultPlace(broken)).toBe(` at position ${at} (line 1, column ${at + 1})`)
      }),
    )
  })
})

function isOutsideOfText(text: string, at: number): boolean {
  return (text.slice(0, at).replaceAll(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 0
}
