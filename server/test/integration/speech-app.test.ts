import type { Delivery } from '@nhip-cau/shared/protocol/facts';
import type { SignalMessage } from '@nhip-cau/shared/protocol/signals';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { startTestApp } from '../support/app.ts';
import { createMediaWire } from '../support/media-wire.ts';
import type { SocketClient } from '../support/socket-client.ts';
import { speakTo } from '../support/spoken-dialogue.ts';
import { openMicrophone } from '../support/spoken-hall.ts';
import { ToneEngine } from '../support/tone-engine.ts';

let server: Awaited<ReturnType<typeof startTestApp>>;
let app: App;
const wire = createMediaWire();
const closers: (() => void)[] = [() => wire.close()];

beforeAll(async () => {
  server = await startTestApp({ RECORDING_FLOOR_GB: '1' });
  app = await server.start({ openTransport: wire.open, speechEngine: new ToneEngine() });
}, 60_000);
afterAll(async () => {
  for (const close of closers) close();
  await app?.close();
  await server?.close();
});

/** Resolves with the first signal of that name that `matches`. */
function signalled(client: SocketClient, matches: (message: SignalMessage) => boolean) {
  return new Promise<SignalMessage>((resolve) =>
    client.socket.on('signal', (message: SignalMessage) => matches(message) && resolve(message)),
  );
}

const captionOf = (pitch: number) => (delivery: Delivery) =>
  delivery.puts.some(
    ({ collection, value }) =>
      collection === 'caption' && (value as { text: string }).text.includes(`${pitch}`),
  );

test('brings what the leader says into their microphone to a phone, with its sound for the desk', async () => {
  const { dialogue } = server;
  const host = await server.connectAs(app.url, {
    kind: 'staff',
    accountId: dialogue.host.accountId,
  });
  const secretary = await server.connectAs(app.url, server.secretarySubject);
  const phone = await server.connectAs(app.url, await server.personSubject(1));
  closers.push(...[host, secretary, phone].map((client) => () => client.close()));
  await phone.sync();
  await secretary.sync();
  const listening = signalled(
    secretary,
    ({ name, value }) => name === 'transcribing' && 'runs' in value && value.runs === 1,
  );
  const speaking = signalled(
    phone,
    ({ name, value }) => name === 'speaking' && 'lines' in value && value.lines.length > 0,
  );

  const id = await openMicrophone(host);
  expect(await secretary.send('dialogue.start', {})).toMatchObject({ ok: true });
  closers.unshift(speakTo(wire.port(id), [300, 600]));

  await phone.heard(captionOf(300));
  await phone.heard(captionOf(600));
  expect(await listening).toMatchObject({ value: { engine: 'tones', state: 'listening' } });
  expect(await speaking).toMatchObject({ value: { lines: [{ isHost: true, text: '…' }] } });

  const { cookie, principal } = await server.enter(server.secretarySubject);
  const { puts } = await secretary.heard(
    (delivery) => delivery.audience === 'desk' && captionOf(600)(delivery),
  );
  const caption = puts.find(({ collection }) => collection === 'caption')!;
  const { runId } = (caption.value as { audio: { runId: string } }).audio;
  const answer = await fetch(`${app.url}/api/dialogues/${dialogue.id}/speech/${runId}.wav`, {
    headers: { cookie, 'x-principal': principal, range: 'bytes=0-43' },
  });
  expect(answer.status).toBe(206);
  expect(Buffer.from(await answer.arrayBuffer()).toString('latin1', 0, 4)).toBe('RIFF');
});
