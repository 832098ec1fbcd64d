/** Names of people and records, whatever their accents, articles and signs. */
export function sameName(one: string, other: string): boolean {
  const [a, b] = [plain(one), plain(other)]
  return a !== '' && a === b
}

function plain(text: string): string {
  const bare = text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('&', 'and')
    .replace(/\([^)]*\)|\[[^\]]*\]/g, ' ')
    .replace(/^\s*the\s/, '')
  return bare.replace(/[^\p{L}\p{N}]/gu, '')
}
