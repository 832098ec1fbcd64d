export { type AttachedStream, attachStream, type StreamDeps, type StreamIdentity } from './attach-stream.js'
export { DEFAULT_LIMITS, type StreamLimits } from './limits.js'
