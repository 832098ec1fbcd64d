/** One Jest for all packages; sources run through swc, so a test never runs a stale build. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/libs', '<rootDir>/apps', '<rootDir>/infra'],
  testMatch: ['**/src/**/*.test.ts', '<rootDir>/infra/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript', decorators: false } }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^@torrentino/([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
  },
  globalSetup: '<rootDir>/libs/testkit/src/servers/global-setup.mjs',
  globalTeardown: '<rootDir>/libs/testkit/src/servers/global-teardown.mjs',
  // A net for what hangs; a busy machine must not look like that.
  testTimeout: 300_000,
  // Much of the time goes into waiting for servers and transfers; Jest's own choice on two cores is one worker.
  maxWorkers: 2,
  // Modules of suites that are over are never given back; collecting garbage in gigabytes of them costs more than a new worker.
  workerIdleMemoryLimit: '1200MB',
}
