import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { anyAuthenticator } from '../test-support/any-authenticator.js'
import { askedFrom } from '../test-support/asked-from.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plugin-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let made = 0
function plugin(lines: string): string {
  made += 1
  const file = join(folder, `plugin-${made}`)
  writeFileSync(file, `#!/bin/sh\n${lines}\n`)
  chmodSync(file, 0o755)
  return file
}

function ask(command: string, timeoutMs = 20_000) {
  const faults: string[] = []
  const { authenticate } = anyAuthenticator(
    { AUTH_METHOD: 'plugin', AUTH_PLUGIN_COMMAND: command, AUTH_PLUGIN_TIMEOUT_MS: String(timeoutMs) },
    { onFault: (_method, error) => faults.push(String((error as Error).cause)) },
  )
  const request = askedFrom('192.0.2.1', { authorization: 'Bearer ticket', 'x-door': '$(touch /tmp/never)' })
  return { answer: authenticate(request), faults }
}

describe('method plugin', () => {
  it.each([
    ['{"user_id": "ann"}', { userId: 'ann', role: 'user', method: 'plugin' }],
    ['{"user_id": "ann", "claims": {"role": "admin", "more": [1]}}', { userId: 'ann', role: 'admin', method: 'plugin' }],
    ['{"error": "no such ticket"}', null],
    ['{"error": "no", "user_id": "ann"}', null],
    ['{"user_id": ""}', null],
    ['{"user_id": "a\\\\nb"}', null],
  ])('says %s', async (output, identity) =>
    expect(await ask(plugin(`printf '%s' '${output.replace('\\\\n', '\\n')}'`)).answer).toEqual(identity),
  )

  it('gets the headers and the address on its input, and no environment of ours', async () => {
    const seen = join(folder, 'seen')
    const command = plugin(`cat > ${seen}; env > ${seen}.env; echo '{"user_id": "ann"}'`)
    process.env.SECRET_OF_OURS = 'marked'
    await ask(command).answer
    expect(JSON.parse(readFileSync(seen, 'utf8'))).toEqual({
      headers: { authorization: 'Bearer ticket', 'x-door': '$(touch /tmp/never)' },
      source_ip: '192.0.2.1',
    })
    expect(readFileSync(`${seen}.env`, 'utf8')).not.toContain('marked')
    delete process.env.SECRET_OF_OURS
  })

  it('may answer without reading', async () =>
    expect(await ask(plugin(`exec <&-; echo '{"user_id": "ann"}'`)).answer).toMatchObject({ userId: 'ann' }))

  it.each([
    ['hangs', 'exec sleep 1000', /no answer within 200 ms/, 200],
    ['leaves a child behind that hangs', 'sleep 1000 & exit 0', /no answer within 200 ms/, 200],
    ['floods', 'exec cat /dev/zero', /printed more than 65536 bytes/, 20_000],
    ['fails', 'exit 3', /ended with 3/, 20_000],
    ['prints rubbish', 'echo nonsense', /has not the form/, 20_000],
    ['prints nothing', 'true', /has not the form/, 20_000],
    ['names an unknown role', `echo '{"user_id": "ann", "claims": {"role": "root"}}'`, /has not the form/, 20_000],
  ])('one that %s lets nobody in and refuses nobody', async (_what, lines, why, timeoutMs) => {
    const { answer, faults } = ask(plugin(lines), timeoutMs)
    await expect(answer).rejects.toMatchObject({ code: 'unavailable' })
    expect(faults).toEqual([expect.stringMatching(why)])
  })

  it('one that is not there neither', async () => {
    const { answer, faults } = ask(join(folder, 'absent'))
    await expect(answer).rejects.toMatchObject({ code: 'unavailable' })
    expect(faults).toEqual([expect.stringContaining('ENOENT')])
  })

  it('a flood of callers starts no flood of programs', async () => {
    const { authenticate } = anyAuthenticator({
      AUTH_METHOD: 'plugin',
      AUTH_PLUGIN_COMMAND: plugin('cat > /dev/null; echo \'{"user_id": "ann"}\''),
    })
    const answers = await Promise.allSettled(Array.from({ length: 40 }, () => authenticate(askedFrom('192.0.2.1'))))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(16)
  })
})
