declare module 'string-similarity' {
  const similarity: { compareTwoStrings(first: string, second: string): number }
  export default similarity
}
