import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type AppOptions, startApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import {
  principalOf,
  SessionService,
  type SessionSubject,
} from '../../src/dialogue/people/sessions.ts';
import { sessionStore } from '../../src/store/sessions.ts';
import { accountStore } from '../../src/store/accounts.ts';
import { createTestEngine, TestDialogue } from './dialogue.ts';
import { SocketClient } from './socket-client.ts';

/**
 * The whole server on a database of its own, with a dialogue made by an engine beside it, before
 * the server first looks at it. `env` as the server's environment has it.
 */
export async function startTestApp(env: Record<string, string> = {}) {
  const beside = await createTestEngine();
  const dialogue = await TestDialogue.open(beside.engine);
  const { db, url: databaseUrl } = beside;
  const sessions = new SessionService({
    store: sessionStore(db),
    hours: { staffHours: 1, deviceHours: 1, participantHours: 1 },
  });
  const accounts = accountStore(db);
  for (const { accountId, displayName } of [dialogue.secretary, dialogue.host]) {
    await accounts.insert({
      id: accountId,
      username: accountId.slice(0, 8),
      displayName,
      passwordHash: '',
      isAdmin: false,
      mustChangePassword: false,
      failures: 0,
      lockedUntil: null,
      disabledAt: null,
      createdAt: 0,
    });
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'nhip-cau-app-'));
  const settings = {
    HOST: '127.0.0.1',
    PORT: '0',
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    DEMO: 'off',
    MEDIA_WORKERS: '1',
    ...env,
  };

  /** A session's cookie, made as signing in would. */
  const enter = async (subject: SessionSubject) => {
    const principal = principalOf(subject);
    const { id, token } = await sessions.create(subject, 'test');
    return { principal, cookie: `nc_${principal.replace(':', '_')}=${token}`, sessionId: id };
  };

  return {
    ...beside,
    dialogue,
    settings,
    enter,
    async connectAs(url: string, subject: SessionSubject, dialogueId = dialogue.id) {
      return SocketClient.connect(url, { ...(await enter(subject)), dialogueId });
    },
    secretarySubject: { kind: 'staff', accountId: dialogue.secretary.accountId } as const,
    async moderatorSubject(hall: number) {
      const bridgePointId = await dialogue.hall(hall);
      return {
        kind: 'device',
        dialogueId: dialogue.id,
        bridgePointId,
        deviceRole: 'moderator',
      } as const;
    },
    async personSubject(hall: number) {
      const { personId, bridgePointId } = await dialogue.joined(hall);
      return { kind: 'person', dialogueId: dialogue.id, personId, bridgePointId } as const;
    },
    start: (more: Partial<AppOptions> = {}) =>
      startApp({
        config: loadConfig(
          { ...settings, MEDIASOUP_WORKER_BIN: process.env['MEDIASOUP_WORKER_BIN'] },
          { cores: 1, isTerminal: false },
        ),
        log: pino({ level: 'error' }, process.stderr),
        onLost: () => {},
        ...more,
      }),
  };
}
