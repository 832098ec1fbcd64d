import { DomainError, type FieldFault, foldedPath, portableFault, rootOf, type TicketRequest } from '@torrentino/domain'

const SHOWN = 50

interface Destination {
  /** The field, as callers know it. */
  path: string
  dest: string
}

/** What only the settings can tell of destinations; each fault names its field. */
export function checkDestinations(request: TicketRequest, roots: readonly string[], portable: boolean): void {
  const destinations: Destination[] = [
    ...request.tracks.map((track, index) => ({ path: `tracks[${index}].dest_path`, dest: track.dest_path })),
    ...request.images.map((image, index) => ({ path: `images[${index}].dest_path`, dest: image.dest_path })),
  ]
  const outside = destinations.filter(({ dest }) => rootOf(dest, roots) === undefined)
  if (outside.length > 0)
    throw new DomainError('path_outside_roots', `destinations must lie under a media root: ${roots.join(', ')}`, {
      errors: outside.slice(0, SHOWN).map(({ path }) => ({ path, message: `must lie under one of: ${roots.join(', ')}` })),
    })
  const faults = portable ? portableFaults(destinations, roots) : []
  if (faults.length > 0)
    throw new DomainError('invalid_request', 'destinations must have names that any file system can hold', {
      errors: faults.slice(0, SHOWN),
    })
}

function portableFaults(destinations: readonly Destination[], roots: readonly string[]): FieldFault[] {
  const seen = new Map<string, string>()
  return destinations.flatMap(({ path, dest }) => {
    const other = seen.get(foldedPath(dest))
    seen.set(foldedPath(dest), path)
    const fault = portableFault(dest, rootOf(dest, roots) ?? '')
    const message = fault ?? (other && `differs from ${other} only by capitals`)
    return message ? [{ path, message }] : []
  })
}
