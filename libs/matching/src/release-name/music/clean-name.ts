/** A name as it is written, without the separators about it. */
export function cleanName(text: string): string {
  return text
    .replace(/(?<=\d)~(?=\d)/g, '-')
    .replace(/^"([^"]*)$|^([^"]*)"$/, '$1$2')
    .replace(/^[\s,;:|/\\*]+|[\s,;:|/\\*]+$/g, '')
}
