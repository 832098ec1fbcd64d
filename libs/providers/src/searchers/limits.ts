/** Of an unpacked answer: what is longer is not read. */
export const MAX_ANSWER_BYTES = 10_000_000
/** Of one answer; the rest is left out. */
export const MAX_ITEMS = 1000
/** What is looked for where the settings name nothing: the group of all music. */
export const MUSIC = 3000
