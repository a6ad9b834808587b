/** Writes the component library's theme types, which a build writes too, for `vue-tsc` to read. */
import { resolveConfig } from 'vite';

await resolveConfig({ configFile: new URL('vite.config.ts', import.meta.url).pathname }, 'build');
