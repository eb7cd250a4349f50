export default {
  server: {
    proxy: {
      '/hubspot': {
        target: process.env.HUBSPOT_BASE_URL ?? 'http://localhost:4010',
        rewrite: (path) => path.replace(/^\/hubspot/, ''),
      },
    },
  },
}
