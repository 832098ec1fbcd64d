import { once } from 'node:events'
import { chmod, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort, startTcpProxy, type TcpProxy } from '@torrentino/testkit'

/** The lines between the download workers and the torrent engines that they start. */
export interface EngineLines {
  /** Stands in for aria2c: starts it at another port than it was told, and has a line put where it is expected. */
  program: string
  /** One for each engine that was ever started; those of engines that are gone lead nowhere. */
  lines: TcpProxy[]
  close(): Promise<void>
}

export async function openEngineLines(folder: string, aria2c: string): Promise<EngineLines> {
  const lines: TcpProxy[] = []

  async function putLine(expectedAt: number): Promise<number> {
    const port = await freePort()
    lines.push(await startTcpProxy(`ws://127.0.0.1:${port}`, expectedAt))
    return port
  }

  /** One who gets no answer ends, and is started again. */
  async function answer(socket: Socket): Promise<void> {
    socket.on('error', () => {})
    for await (const line of createInterface(socket)) return void socket.end(`${await putLine(Number(line))}\n`)
  }

  const server = createServer((socket) => {
    answer(socket).catch(() => socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const program = join(folder, 'aria2c')
  await writeFile(program, script((server.address() as AddressInfo).port, aria2c))
  await chmod(program, 0o755)
  return {
    program,
    lines,
    async close() {
      await new Promise((resolve) => server.close(resolve))
      await Promise.all(lines.map((line) => line.close()))
    },
  }
}

/** The process stays the same, for whoever watches or kills it. */
function script(askAt: number, aria2c: string): string {
  return `#!/usr/bin/env bash
told=$(sed -n 's/^rpc-listen-port=//p' "\${1#--conf-path=}") || exit 1
exec 3<>/dev/tcp/127.0.0.1/${askAt} || exit 1
echo "$told" >&3
read -r -t 10 port <&3 || exit 1
exec 3>&-
exec '${aria2c}' "$@" --rpc-listen-port="$port"
`
}
