import { type StateName, TERMINAL_STATES } from '@torrentino/domain'

/** Nobody works on tickets in these, or not before a human says so after nothing was found. */
export const AT_REST: readonly StateName[] = [...TERMINAL_STATES, 'search_failed']
