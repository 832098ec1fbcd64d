import { failed, ok, warning } from './finding.js'

const ODD_MS = 2000
const WRONG_MS = 60_000
const ADVICE = 'let both machines keep their time by NTP (timedatectl set-ntp true)'

/** How far a server's clock is from ours; its answer came somewhere between the question and now. */
export function compareClocks(theirs: number, asked: number, answered: number) {
  const aheadMs = theirs < asked ? theirs - asked : theirs > answered ? theirs - answered : 0
  const text = `its clock is ${(Math.abs(aheadMs) / 1000).toFixed(1)} s ${aheadMs < 0 ? 'behind' : 'ahead of'} ours`
  if (Math.abs(aheadMs) >= WRONG_MS) return failed(`${text}: times of tickets, pauses and keys are wrong`, ADVICE)
  if (Math.abs(aheadMs) >= ODD_MS) return warning(text, ADVICE)
  return ok('its clock and ours agree')
}
