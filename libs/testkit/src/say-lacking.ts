/** Answers what it is given, and says which tests are skipped where it is not there. Not by the console, which Jest keeps to itself for skipped files. */
export function sayLacking(isThere: boolean, what: string): boolean {
  if (!isThere) process.stderr.write(`SKIPPED: ${what}\n`)
  return isThere
}
