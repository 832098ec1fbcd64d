/** Known before they are posted, so that clients can follow them from their first step on. */
export function ticketId(number: number): string {
  return `10ad0000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`
}
