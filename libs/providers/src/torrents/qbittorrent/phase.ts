/** What a state of qBittorrent means for us. `done`: what is wanted is there and nothing is done to the files. */
export type Phase = 'metadata' | 'checking' | 'downloading' | 'queued' | 'stopped' | 'done' | 'failed' | 'missing' | 'unknown'

/** Of all versions, in lower case: `paused` became `stopped`, and clients have been seen to differ in case. */
const PHASES: Readonly<Record<string, Phase>> = {
  error: 'failed',
  missingfiles: 'missing',
  allocating: 'downloading',
  downloading: 'downloading',
  stalleddl: 'downloading',
  forceddl: 'downloading',
  metadl: 'metadata',
  forcedmetadl: 'metadata',
  queueddl: 'queued',
  pauseddl: 'stopped',
  stoppeddl: 'stopped',
  checkingdl: 'checking',
  checkingup: 'checking',
  checkingresumedata: 'checking',
  queuedforchecking: 'checking',
  moving: 'checking',
  uploading: 'done',
  stalledup: 'done',
  queuedup: 'done',
  forcedup: 'done',
  pausedup: 'done',
  stoppedup: 'done',
}

/** Content comes, or will by itself. */
export function isRunning(phase: Phase): boolean {
  return phase === 'downloading' || phase === 'queued'
}

/** A state that we do not know is waited out. */
export function phaseOf(state: string | undefined): Phase {
  const name = state?.toLowerCase() ?? ''
  return Object.hasOwn(PHASES, name) ? (PHASES[name] ?? 'unknown') : 'unknown'
}
