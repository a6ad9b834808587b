import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { InProcessNodes } from '../../src/bus/in-process.ts';
import { BusNodeValues } from '../../src/bus/node-values.ts';
import type { Engine } from '../../src/dialogue/kernel/executor.ts';
import {
  principalOf,
  SessionService,
  type SessionSubject,
} from '../../src/dialogue/people/sessions.ts';
import { sessionStore } from '../../src/store/sessions.ts';
import { cookieAuthenticator } from '../../src/transport/http/cookies.ts';
import { Gateway, type GatewayOptions } from '../../src/transport/socket/gateway.ts';
import type { MediaChannel } from '../../src/transport/socket/media-channel.ts';
import type { TestDialogue, TestEngine } from './dialogue.ts';
import { SocketClient } from './socket-client.ts';

const noMedia: MediaChannel = { request: async () => ({}), leave: () => {} };

type Told = Pick<GatewayOptions, 'onLinks' | 'onDesks'>;
const untold: Told = { onLinks: () => {}, onDesks: () => {} };

/** The live channel alone, over a real engine and real sessions; its clock and reads can be held. */
export async function startGateway(
  { db, engine }: TestEngine,
  dialogue: TestDialogue,
  { onLinks, onDesks } = untold,
) {
  const clock = { now: Date.now() };
  const now = () => clock.now;
  let hold: { reached: () => void; released: Promise<void> } | null = null;
  const sessions = new SessionService({
    store: sessionStore(db),
    hours: { staffHours: 1, deviceHours: 1, participantHours: 1 },
    now,
  });
  const httpServer = createServer();
  const gateway = new Gateway({
    httpServer,
    authenticator: cookieAuthenticator(sessions),
    isOwnOrigin: () => true,
    onAdmitted: (state) => gateway.handleState(state),
    onLinks,
    onDesks,
    values: new BusNodeValues(new InProcessNodes().join().bus),
    log: pino({ level: 'error' }, process.stderr),
    now,
  });
  sessions.onRevoked((sessionId) => gateway.handleRevoked(sessionId));
  const slow = Object.assign(Object.create(engine) as Engine, {
    read: async (dialogueId: string) => {
      hold?.reached();
      await hold?.released;
      return engine.read(dialogueId);
    },
    boards: (dialogueId: string) => engine.boards(dialogueId),
    execute: (...call: Parameters<Engine['execute']>) => engine.execute(...call),
  });
  gateway.start(slow, noMedia);
  httpServer.listen(0, '127.0.0.1');
  await once(httpServer, 'listening');
  const url = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`;

  const enter = async (subject: SessionSubject) => {
    const principal = principalOf(subject);
    const { id, token } = await sessions.create(subject, 'test');
    return { principal, cookie: `nc_${principal.replace(':', '_')}=${token}`, sessionId: id };
  };
  return {
    gateway,
    url,
    sessions,
    clock,
    enter,
    connect: (session: { principal: string; cookie: string }) =>
      SocketClient.connect(url, { ...session, dialogueId: dialogue.id }),
    /** From now on reading the dialogue waits for `release`; `reached` resolves at the first. */
    holdReads() {
      const reached = Promise.withResolvers<void>();
      const released = Promise.withResolvers<void>();
      hold = { reached: reached.resolve, released: released.promise };
      return { reached: reached.promise, release: released.resolve };
    },
    close: () => gateway.close(),
  };
}
