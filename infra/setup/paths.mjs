import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** A path inside the project. */
export const inRoot = (...parts) => join(ROOT, ...parts);

/** The user's cache, outside the work tree: it survives a fresh clone. */
export const cacheDir = () =>
  join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'nhip-cau');
