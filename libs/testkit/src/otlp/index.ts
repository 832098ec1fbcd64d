export { type OtlpReceiver, type ReceivedSpan, startOtlpReceiver } from './receiver.js'
