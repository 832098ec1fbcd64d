import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { findProgram } from './find-program.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'programs-'))
  for (const name of ['empty', 'first', 'second']) mkdirSync(join(folder, name))
  mkdirSync(join(folder, 'empty', 'ffmpeg'))
  writeFileSync(join(folder, 'first', 'ffmpeg'), '')
  writeFileSync(join(folder, 'second', 'ffmpeg'), '')
  chmodSync(join(folder, 'second', 'ffmpeg'), 0o755)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('findProgram', () => {
  const path = () => ['', join(folder, 'missing'), join(folder, 'empty'), join(folder, 'first'), join(folder, 'second')].join(':')

  test('takes the first on PATH that is a file and can be run', async () => {
    expect(await findProgram('ffmpeg', '', path())).toBe(join(folder, 'second', 'ffmpeg'))
  })

  test('takes the configured one, by path or by name', async () => {
    const program = join(folder, 'second', 'ffmpeg')
    expect(await findProgram('ffprobe', program, '')).toBe(program)
    expect(await findProgram('ffprobe', 'ffmpeg', path())).toBe(program)
  })

  test.each([
    ['ffmpeg', 'CONVERTER_FFMPEG_PATH', 'apt-get install -y ffmpeg', 'dnf install -y ffmpeg-free', 'brew install ffmpeg'],
    ['ffprobe', 'CONVERTER_FFPROBE_PATH', 'apt-get install -y ffmpeg', 'dnf install -y ffmpeg-free', 'brew install ffmpeg'],
    ['aria2c', 'TORRENT_ARIA2_PATH', 'apt-get install -y aria2', 'dnf install -y aria2', 'brew install aria2'],
    ['redis-server', 'not found on PATH', 'apt-get install -y redis-tools', 'dnf install -y redis', 'brew install redis'],
  ])('a missing %s is told with how to get it', async (name, ...fragments) => {
    const error = await findProgram(name, '', join(folder, 'missing')).then(String, String)
    for (const fragment of [name, ...fragments]) expect(error).toContain(fragment)
  })

  test('a configured one that cannot be run is not replaced in silence', async () => {
    await expect(findProgram('ffmpeg', join(folder, 'first', 'ffmpeg'), path())).rejects.toThrow(
      `${join(folder, 'first', 'ffmpeg')} is not a program`,
    )
  })
})
