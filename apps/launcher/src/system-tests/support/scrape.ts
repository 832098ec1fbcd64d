import { waitFor } from '@torrentino/testkit'

export interface Sample {
  name: string
  labels: Record<string, string>
  value: number
}

export interface Scraped {
  /** What there is, whether it has been counted or not. */
  families: Set<string>
  samples: Sample[]
}

/** What these processes show at /metrics, all together. */
export async function scrape(statusUrls: readonly string[]): Promise<Scraped> {
  const texts = await Promise.all(statusUrls.map(textOf))
  const lines = texts.flatMap((text) => text.split('\n')).filter((line) => line !== '')
  return {
    families: new Set(lines.flatMap((line) => /^# TYPE (\S+)/.exec(line)?.[1] ?? [])),
    samples: lines.filter((line) => !line.startsWith('#')).map(sampleOf),
  }
}

/** A busy process may refuse a look that takes it too long. */
async function textOf(url: string): Promise<string> {
  let text = ''
  await waitFor(`the metrics of ${url}`, async () => {
    const response = await fetch(`${url}/metrics`)
    text = await response.text()
    return response.ok
  })
  return text
}

function sampleOf(line: string): Sample {
  const [, name = '', labels = '', value = ''] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? []
  const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label = '', text = '']) => [label, text])
  return { name, labels: Object.fromEntries(pairs), value: Number(value) }
}
