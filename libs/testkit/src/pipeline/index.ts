export type { FakeRun, Plan, Way } from './fake-stages.js'
export { type Delivery, openTestPipeline, type TestPipeline } from './test-pipeline.js'
export { openTestStore, type TestStore } from './test-store.js'
export * from './tickets.js'
