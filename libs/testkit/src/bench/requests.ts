import http from 'node:http'

/** Not what was wanted: the status tells what. */
export class Refused extends Error {
  constructor(
    path: string,
    readonly status: number | undefined,
  ) {
    super(`${path} answered ${status}`)
  }
}

export function post(port: number, agent: http.Agent, body: string): Promise<void> {
  const headers = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }
  return send({ port, path: '/api/v1/ticket', method: 'POST', agent, headers }, 201, body)
}

export function get(port: number, agent: http.Agent, path: string): Promise<void> {
  return send({ port, path, agent }, 200)
}

function send(options: http.RequestOptions, wanted: number, body?: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = http.request({ ...options, host: '127.0.0.1' }, (response) => {
      const { statusCode } = response
      response.resume()
      response.on('end', () => (statusCode === wanted ? resolve() : reject(new Refused(String(options.path), statusCode))))
    })
    request.on('error', reject)
    request.end(body)
  })
}

/** Whether somebody who is well listens there. */
export function answers(port: number): Promise<boolean> {
  return get(port, http.globalAgent, '/api/v1/health').then(
    () => true,
    () => false,
  )
}
