import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { sayLacking } from '../../libs/testkit/src/say-lacking.js'
import { ROOT } from '../files.js'

const cwd = join(ROOT, 'infra/prometheus')
const promtool = (...parameters: string[]) => spawnSync('promtool', parameters, { cwd, encoding: 'utf8' })
const isThere = sayLacking(promtool('--version').status === 0, 'the tests of the alerts, because they take promtool (Debian: prometheus)')
const testThere = isThere ? test : test.skip

testThere.each([
  ['check', 'config', 'prometheus.yml'],
  ['check', 'config', 'one-machine.yml'],
  ['test', 'rules', 'alerts.test.yml'],
])('promtool %s %s %s', (...parameters) => {
  const { status, stdout, stderr } = promtool(...parameters)
  expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' })
})
