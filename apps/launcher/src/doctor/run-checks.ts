import { redactText } from '@torrentino/runtime'
import { type Check, type Finding, failed } from './finding.js'

/** All at once, none for longer than its time; what they found comes in the order of the checks. */
export async function runChecks(checks: readonly Check[]): Promise<Finding[]> {
  return (await Promise.all(checks.map(runCheck))).flat()
}

async function runCheck({ subject, advice, limitMs, run }: Check): Promise<Finding[]> {
  const stop = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limitMs / 1000} s`)), limitMs)
  })
  try {
    const found = await Promise.race([run(stop.signal), late])
    return found.map((part) => shown({ subject, ...part }))
  } catch (error) {
    return [shown({ subject, ...failed(textOf(error), advice) })]
  } finally {
    clearTimeout(timer)
    stop.abort()
  }
}

/** Errors of several addresses for one name have no text of their own. */
function textOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(textOf).join('; ')
  return error instanceof Error ? error.message || ((error as NodeJS.ErrnoException).code ?? error.name) : String(error)
}

function shown({ message, advice, ...rest }: Finding): Finding {
  return { ...rest, message: oneLine(message), ...(advice !== undefined && { advice: oneLine(advice) }) }
}

const oneLine = (text: string) =>
  redactText(text)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 500)
