import { request } from 'node:http'

const SOCKET = (process.env.DOCKER_HOST ?? '').replace(/^unix:\/\//, '') || '/var/run/docker.sock'
/** A socket may be there with nobody behind it. */
const LIMIT_MS = 2000

/** Why no containers of these images can be had here; undefined: they can. Nothing is ever pulled. */
export async function whyNoContainers(images: readonly string[]): Promise<string | undefined> {
  if ((await statusOf('/_ping')) !== 200) return 'no Docker engine answers'
  const statuses = await Promise.all(images.map((image) => statusOf(`/images/${encodeURIComponent(image)}/json`)))
  const missing = images.filter((_, index) => statuses[index] !== 200)
  return missing.length > 0 ? `the Docker engine has no image ${missing.join(', ')}` : undefined
}

function statusOf(path: string): Promise<number> {
  return new Promise((resolve) => {
    const asked = request({ socketPath: SOCKET, path, signal: AbortSignal.timeout(LIMIT_MS) }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    asked.on('error', () => resolve(0)).end()
  })
}
