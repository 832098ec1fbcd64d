/** Most names are; classes of all letters of the world are dear, so that those are asked for the others only. */
export function isAscii(text: string): boolean {
  return /^[ -~]*$/.test(text)
}
