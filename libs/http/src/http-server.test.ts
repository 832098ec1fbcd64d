import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { route } from './route.js'
import { openApp } from './test-support/open-app.js'

async function raw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (bytes) => {
    answer += bytes
  })
  socket.write(text)
  await once(socket, 'close')
  return answer
}

describe('the server', () => {
  it.each([
    ['noise', 'NOISE\r\n\r\n', '400 Bad Request'],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', '400 Bad Request'],
    ['a length and chunks', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n', '400 Bad Request'],
    ['headers too long', `GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`, '431 Request Header Fields Too Large'],
  ])('answers %s with a problem', async (_what, text, status) => {
    const { http, port } = await openApp([])
    const answer = await raw(port, text)
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status}\r\nContent-Type: application/problem\\+json`))
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({ code: 'invalid_request' })
    await http.close()
  })

  it('ends what is under way and takes nothing new when it stops', async () => {
    let go: () => void = () => {}
    const begun = new Promise<void>((resolve) => {
      go = resolve
    })
    let finish: () => void = () => {}
    const slow = route({
      name: 'slow',
      method: 'GET',
      path: '/slow',
      access: 'open',
      about: 'test',
      answer: z.unknown(),
      handle: async () => {
        go()
        await new Promise<void>((resolve) => {
          finish = resolve
        })
        return { json: 'done' }
      },
    })
    const { http, fetch, port } = await openApp([slow])
    const answer = fetch('/api/slow')
    await begun
    const drained = http.drain(10_000)
    await expect(globalThis.fetch(`http://127.0.0.1:${port}/api/slow`)).rejects.toThrow()
    finish()
    expect(await (await answer).json()).toBe('done')
    await drained
    await http.close()
    await http.close()
  })

  it('does not wait for ever', async () => {
    const endless = route({
      name: 'endless',
      method: 'GET',
      path: '/endless',
      access: 'open',
      about: 'test',
      answer: z.unknown(),
      handle: () => new Promise<undefined>(() => {}),
    })
    const { http, fetch, ends } = await openApp([endless])
    const answer = fetch('/api/endless').then(
      () => 'answered',
      () => 'cut',
    )
    await once(http.server, 'request')
    await http.drain(10)
    await http.close()
    expect(await answer).toBe('cut')
    expect(ends.map((end) => end.status)).toEqual([499])
  })

  it('says plainly that a port is taken', async () => {
    const { http, port } = await openApp([])
    await expect(openAt(port)).rejects.toThrow(`SERVER_PORT ${port}: the port is taken`)
    await http.close()
  })
})

async function openAt(port: number): Promise<void> {
  const { http } = await openApp([])
  try {
    await http.close()
    await http.listen('127.0.0.1', port)
  } finally {
    await http.close()
  }
}
