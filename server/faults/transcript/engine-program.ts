/**
 * An external speech engine that hears numbered bursts, and misbehaves as the file `mood` of its
 * folder says. Each final is noted in `finals.jsonl` before it is told. Not for people.
 */
import { appendFileSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { textOf } from './burst-code.ts';
import { BurstEar, type HeardBurst } from './burst-ear.ts';
import type { Mood } from './engine-ward.ts';

const rate = 16_000;
const folder = process.argv[2]!;
const ear = new BurstEar();
let odd: Buffer | undefined;
let mood: Mood = 'well';
let lastFinal = '';

writeFileSync(join(folder, `${process.pid}.pid`), '');

const write = (line: string) => writeSync(1, `${line}\n`);
const say = (line: object) => write(JSON.stringify(line));

function tell({ name, start, end }: HeardBurst): void {
  const text = name ? textOf(name) : 'noise';
  const times = { start: start / rate, end: end / rate };
  lastFinal = JSON.stringify({ final: text, ...times, confidence: 0.9 });
  const note = { text, at: Date.now() };
  appendFileSync(join(folder, 'finals.jsonl'), `${JSON.stringify(note)}\n`);
  write(lastFinal);
}

/** What is no line of the protocol, too long, backwards, or was said before. */
function garble(): void {
  write('not JSON {"final":');
  write('{"final":"","start":2,"end":1}');
  write('{"final":"backwards","start":2,"end":1}');
  write(`{"partial":"${'long '.repeat(100_000)}","start":0}`);
  write('{"progress":0.001}');
  if (lastFinal !== '') write(lastFinal);
}

function obey(next: Mood): void {
  // One that has said nothing for so long is not to be trusted with what it heard meanwhile.
  if (mood === 'mute' && next !== 'mute') process.exit(4);
  mood = next;
  if (mood === 'floodPartials') for (;;) say({ partial: 'and more', start: 0 });
  if (mood === 'floodGarbage') for (;;) garble();
  if (mood === 'dies') process.exit(3);
  if (mood === 'garbage') garble();
}

process.stdin.on('data', (chunk: Buffer) => {
  obey(readFileSync(join(folder, 'mood'), 'utf8') as Mood);
  const bytes = odd ? Buffer.concat([odd, chunk]) : chunk;
  const whole = bytes.byteLength & ~1;
  odd = whole < bytes.byteLength ? bytes.subarray(whole) : undefined;
  const pcm = new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + whole));
  const heard = ear.push(pcm);
  if (mood === 'mute') return;
  for (const burst of heard) tell(burst);
  say({ progress: ear.settled / rate });
});
process.stdin.on('end', () => {
  for (const burst of ear.end()) tell(burst);
  process.exit(0);
});
