import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { transformFile } from '@swc/core'
import { isRunning, until } from '../test-support/processes.js'
import { makeScript } from '../test-support/samples.js'
import { useFolder } from '../test-support/use-folder.js'
import { startProcess } from './run-process.js'

const folder = useFolder()

/** For a process that is not ours and can be killed; it needs plain JavaScript. */
async function compiledModules(target: string): Promise<string> {
  await mkdir(target)
  await writeFile(join(target, 'package.json'), '{"type":"module"}')
  for (const name of ['run-process', 'lifeline', 'text-tail']) {
    const { code } = await transformFile(join(import.meta.dirname, `${name}.ts`), {
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    })
    await writeFile(join(target, `${name}.js`), code)
  }
  return target
}

test('a program and its children die with a parent that is killed with -9', async () => {
  const pidFile = join(folder.path, 'pids')
  const program = await makeScript(
    join(folder.path, 'program'),
    `trap '' TERM PIPE; sleep 300 & echo "$$ $!" > ${pidFile}; while true; do echo out_time_us=1; sleep 0.05; done`,
  )
  const modules = await compiledModules(join(folder.path, 'compiled'))
  const parentCode = `import { startProcess } from '${modules}/run-process.js'; startProcess('${program}', [])`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', parentCode], { stdio: 'ignore' })
  const pids = () =>
    readFile(pidFile, 'utf8').then(
      (text) => (text.endsWith('\n') ? text.trim().split(' ').map(Number) : []),
      () => [],
    )
  await until(async () => (await pids()).length === 2)
  expect((await pids()).every(isRunning)).toBe(true)
  parent.kill('SIGKILL')
  await once(parent, 'exit')
  await until(async () => (await pids()).every((pid) => !isRunning(pid)))
})

test.each([
  ['exit 0', 0],
  ['exit 7', 7],
  ['kill -9 $$', 137],
  ['kill -15 $$', 143],
])('%s is told as code %d', async (script, code) => {
  const program = await makeScript(join(folder.path, `code-${code}`), script)
  expect(await startProcess(program, []).ended).toMatchObject({ code, endedBy: 'itself' })
})

test('arguments arrive as they are, output in full, of stderr the end', async () => {
  const program = await makeScript(join(folder.path, 'says'), 'printf "%s|" "$@"; yes 0123456789 | head -n 100000 >&2; echo the end >&2')
  const chunks: Buffer[] = []
  const args = ['a b', '', '$HOME `id`', "'", '"', '\\', '*', 'ü\n']
  const { stderr } = await startProcess(program, args, { onStdout: (chunk) => chunks.push(chunk) }).ended
  expect(Buffer.concat(chunks).toString()).toBe(`${args.join('|')}|`)
  expect(stderr.endsWith('the end')).toBe(true)
  expect(stderr.length).toBeLessThanOrEqual(16_384)
})

test('SIGTERM lets a program finish its work before its code is told', async () => {
  const program = await makeScript(join(folder.path, 'polite'), 'trap "echo bye; exit 3" TERM; echo ready; while true; do sleep 0.01; done')
  let output = ''
  const running = startProcess(program, [], {
    onStdout(chunk) {
      output += chunk
      if (output === 'ready\n') running.stop('timeout')
    },
  })
  expect(await running.ended).toMatchObject({ code: 3, endedBy: 'timeout' })
  expect(output).toBe('ready\nbye\n')
  running.stop('abort')
})

test('its memory is bounded, and all that it starts shares the bound', async () => {
  const program = await makeScript(join(folder.path, 'tells-its-bound'), '(ulimit -v)')
  const chunks: Buffer[] = []
  const { code } = await startProcess(program, [], { memoryMb: 64, onStdout: (chunk) => chunks.push(chunk) }).ended
  expect([code, Buffer.concat(chunks).toString()]).toEqual([0, '65536\n'])
})
