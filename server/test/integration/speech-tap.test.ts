import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runProgram } from '../../src/recording/ffmpeg.ts';
import { OpusDecoder } from '../../src/speech/tap/opus-decoder.ts';
import { soundOf } from '../../src/speech/spool/shelf.ts';
import { readSoundPacket } from '../../src/speech/tap/rtp-packet.ts';
import { requireFfmpeg } from '../support/clip-sender.ts';
import { oggOpus } from '../support/ogg-opus.ts';
import {
  openSpokenDialogue,
  type SpokenDialogue,
  spokenPackets,
} from '../support/spoken-dialogue.ts';
import { ToneEngine } from '../support/tone-engine.ts';

const pitches = [300, 400, 500, 600, 700];
const texts = pitches.map(String);
let hall: SpokenDialogue;

beforeEach(async () => {
  hall = await openSpokenDialogue();
}, 60_000);
afterEach(() => hall.close());

const rawLines = async () => (await hall.dialogue.state()).lines.map(({ raw }) => raw);
/** Lets the services' time go on until something has come about. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) {
    hall.clock.pass(20);
    await new Promise(setImmediate);
  }
}
async function linesInLog(count: number): Promise<(string | null)[]> {
  await until(async () => (await rawLines()).length >= count);
  return rawLines();
}

async function speak(hz: readonly number[] = pitches): Promise<void> {
  for (const payload of spokenPackets(hz)) await hall.microphone.send(payload);
}

/** The sound of the only run, as its file has it. */
async function soundOfRun(): Promise<Int16Array> {
  const dir = join(hall.dir, hall.dialogue.id);
  const name = (await readdir(dir)).find((one) => one.endsWith('.wav'))!;
  const bytes = await readFile(join(dir, name));
  return new Int16Array(bytes.buffer, bytes.byteOffset + 44, (bytes.length - 44) / 2);
}

const payloadOf = (packet: Buffer) => readSoundPacket(packet, 0)!.payload;

test('brings what is said on air from its packets into the log', async () => {
  const { dialogue, central, microphone, clock } = hall;
  const { service, errors, refused, spoken, signals } = await hall.listen(new ToneEngine());
  await dialogue.do(dialogue.secretary, 'dialogue.start', {});
  await microphone.open();
  const saidAt = clock.now();
  await speak();
  expect(await linesInLog(5)).toEqual(texts);
  const { lines } = await dialogue.state();
  for (const [index, line] of lines.entries()) {
    expect(Math.abs(line.at - saidAt - index * 1_000)).toBeLessThan(60);
    expect(Math.abs(line.endAt! - saidAt - index * 1_000 - 500)).toBeLessThan(60);
    expect(line).toMatchObject({
      bridgePointId: central,
      source: 'engine',
      engine: 'tones',
      isLate: false,
    });
  }
  expect(spoken.flat().some(({ text, isHost }) => text === '…' && isHost)).toBe(true);
  expect(signals.at(-1)).toEqual({ engine: 'tones', state: 'listening', behindMs: 0, runs: 1 });

  await dialogue.do(dialogue.secretary, 'dialogue.end', {});
  await service.close();
  expect(signals.at(-1)).toBe(null);
  expect([...errors, ...refused]).toEqual([]);
  const { audio } = lines[0]!;
  const sound = await soundOf(hall.dir, { dialogueId: dialogue.id, runId: audio!.runId });
  expect(sound?.size).toBe(44 + (await soundOfRun()).byteLength);
});

test('keeps exactly the sound that ffmpeg makes of the same packets', async () => {
  const { dialogue, microphone } = hall;
  const { service } = await hall.listen(new ToneEngine());
  await dialogue.do(dialogue.secretary, 'dialogue.start', {});
  await microphone.open();
  await speak();
  await service.close();
  const ours = await soundOfRun();
  expect(ours.length).toBe(microphone.heard.length * 320);

  const dir = await mkdtemp(join(tmpdir(), 'nhip-cau-ogg-'));
  await writeFile(join(dir, 'sent.ogg'), oggOpus(microphone.heard.map(payloadOf)));
  const format = ['-ar', '16000', '-ac', '1', '-f', 's16le'];
  await runProgram(requireFfmpeg().ffmpeg, ['-i', 'sent.ogg', ...format, 'out.raw'], { cwd: dir });
  const raw = await readFile(join(dir, 'out.raw'));
  const theirs = new Int16Array(raw.buffer, raw.byteOffset, raw.length / 2);
  await rm(dir, { recursive: true });
  expect(Math.abs(theirs.length - ours.length)).toBeLessThanOrEqual(320);
  let [signal, noise] = [0, 0];
  for (let at = 0; at < Math.min(ours.length, theirs.length); at += 1) {
    signal += theirs[at]! ** 2;
    noise += (ours[at]! - theirs[at]!) ** 2;
  }
  expect(10 * Math.log10(signal / noise)).toBeGreaterThan(25);
});

test('has silence of the right length where packets are lost or not sent', async () => {
  const { dialogue, microphone } = hall;
  const { service } = await hall.listen(new ToneEngine());
  await dialogue.do(dialogue.secretary, 'dialogue.start', {});
  await microphone.open();
  const warm = microphone.heard.length;
  const packets = spokenPackets(pitches);
  const isLost = (index: number) => index % 20 === 7;
  const isUnsent = (index: number) => index % 50 >= 30 && index % 50 < 45;
  for (const [index, payload] of packets.entries()) {
    if (isUnsent(index)) microphone.leaveOut(true);
    else if (isLost(index)) microphone.leaveOut();
    else await microphone.send(payload);
  }
  await service.close();
  const ours = await soundOfRun();

  const decoder = new OpusDecoder();
  const heard = microphone.heard.map(payloadOf);
  const expected = [
    ...heard.splice(0, warm).map((payload) => decoder.decode(payload)!),
    ...packets.map((_, index) =>
      isUnsent(index) || isLost(index) ? new Int16Array(320) : decoder.decode(heard.shift()!)!,
    ),
  ];
  decoder.close();
  expect(ours.length).toBe((warm + packets.length) * 320);
  expect(ours).toEqual(Int16Array.from(expected.flatMap((pcm) => [...pcm])));
});

test('goes on after a crash with what was heard and not written down: nothing lost or doubled', async () => {
  const { dialogue, microphone, dir } = hall;
  const first = await hall.listen(
    new ToneEngine({
      beforeFinal: ({ text }) => {
        if (Number(text) >= 500) throw new Error('the engine is away');
      },
    }),
  );
  await dialogue.do(dialogue.secretary, 'dialogue.start', {});
  await microphone.open();
  await speak();
  expect(await linesInLog(2)).toEqual(['300', '400']);
  await until(() => first.signals.some((signal) => signal?.state === 'down'));

  // What a killed process leaves behind; what it had is not closed by anybody.
  const left = await mkdtemp(join(tmpdir(), 'nhip-cau-crash-'));
  await cp(dir, left, { recursive: true });
  first.end();
  const second = await hall.listen(new ToneEngine(), { dir: left });
  expect(await linesInLog(5)).toEqual(texts);
  await first.service.close();
  await second.service.close();
  expect(await rawLines()).toEqual(texts);
  expect(second.refused).toEqual([]);
  await rm(left, { recursive: true });
});
