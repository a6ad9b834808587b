import { randomUUID } from 'node:crypto';
import type { Me } from '@nhip-cau/shared/protocol/http';
import { mediaWorker } from '../load/server.ts';
import { type SpawnedServer, spawnServerProcess } from '../test/support/server-process.ts';
import { Browser } from './browser.ts';

/** An account that may set up dialogues. */
export interface Admin {
  username: string;
  password: string;
}

export interface OwnServer extends SpawnedServer {
  url: string;
  admin: Admin;
}

/** Starts the real server on this folder, and settles its first account in; `env`: more of its own. */
export async function startOwnServer(
  dataDir: string,
  env: Record<string, string> = {},
): Promise<OwnServer> {
  const server = spawnServerProcess({
    DATA_DIR: dataDir,
    MEDIASOUP_WORKER_BIN: await mediaWorker(),
    ...env,
  });
  const [ready, account] = await Promise.all([
    server.line(/"url":"([^"]+)","msg":"ready"/),
    server.line(/^ {4}(\S+) {3}(\S+)$/),
  ]);
  const url = ready[1]!;
  const admin = await settleIn(url, { username: account[1]!, password: account[2]! });
  return { ...server, url, admin };
}

/** The first account changes the password that the console showed, as any admin has to. */
async function settleIn(url: string, first: Admin): Promise<Admin> {
  const browser = new Browser(url);
  const { principal } = await browser.post<Me>('/api/sign-in', first);
  const password = randomUUID() + randomUUID();
  const body = { oldPassword: first.password, newPassword: password };
  await browser.post('/api/password', body, principal);
  return { username: first.username, password };
}
