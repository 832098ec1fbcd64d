const FOREIGN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Cyrillic}\p{Script=Thai}\p{Script=Arabic}]/u
const BEYOND_ASCII = /[^ -~]/

/** Has letters of a script that stands beside a Latin name in releases. */
export function isForeign(text: string): boolean {
  return BEYOND_ASCII.test(text) && FOREIGN.test(text)
}
