import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { step } from './child.mjs';
import { fail, say } from './say.mjs';

/**
 * Makes sure of Debian packages: root on Debian (or Ubuntu) gets them installed and is told so;
 * anybody else gets one line with the command to run.
 */
export async function ensureDebianPackages(names, purpose) {
  const missing = names.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', ...missing];
  if (!isDebian()) {
    fail(`${purpose} needs these (by their names in Debian): ${missing.join(' ')}`);
  }
  if (process.getuid() !== 0) {
    fail(`${purpose} needs packages that are missing; run: sudo ${install.join(' ')}`);
  }
  say(`${purpose} needs packages that are missing; as root: ${install.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await step('apt-get update', 'apt-get', ['update', '-qq'], { env });
  await step('apt-get install', install[0], ['-qq', ...install.slice(1)], { env });
}

function isInstalled(name) {
  const query = spawnSync('dpkg-query', ['-W', '-f=${Status}', name], { encoding: 'utf8' });
  return query.stdout === 'install ok installed';
}

function isDebian() {
  try {
    return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}
