// Windows takes these for devices, whatever stands behind a dot.
const DEVICE = /^(con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])(\.|$)/i
const FORBIDDEN = /[<>:"|?*\\]/

/** Why Windows, SMB shares and memory cards cannot hold a path below a root that is there; undefined when they can. */
export function portableFault(path: string, root: string): string | undefined {
  const parts = path.slice(root.length).split('/').filter(Boolean)
  const fault = parts.flatMap((part) => faultOf(part) ?? [])[0]
  return fault
}

function faultOf(part: string): string | undefined {
  const [forbidden] = FORBIDDEN.exec(part) ?? []
  if (forbidden !== undefined) return `${JSON.stringify(part)} holds ${forbidden}, which a portable name may not`
  if (/[. ]$/.test(part)) return `${JSON.stringify(part)} ends in a dot or space, which a portable name may not`
  if (DEVICE.test(part)) return `${JSON.stringify(part)} is the name of a device on Windows`
  return undefined
}

/** Alike for paths that are one file where capitals, or the form of accents, do not count. */
export function foldedPath(path: string): string {
  return path.normalize().toUpperCase().toLowerCase()
}
