export default {
  globalSetup: './one-mock.js',
  globalTeardown: './close-mock.js',
}
