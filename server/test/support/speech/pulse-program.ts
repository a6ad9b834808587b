/** An external speech engine without a model: tells the words of pulses.ts. Not for people. */
import { writeSync } from 'node:fs';
import { type Mischief, type Pulse, PulseReader } from './pulses.ts';

const rate = 16_000;
const reader = new PulseReader();
const say = (line: object) => writeSync(1, `${JSON.stringify(line)}\n`);

function tell({ text, start, end }: Pulse): void {
  const times = { start: start / rate, end: end / rate };
  say({ final: text, ...times, confidence: 0.9, words: [{ text, ...times }] });
}

function misbehave(what: Mischief): void {
  if (what === 'dies') process.exit(3);
  if (what === 'stalls') for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  if (what === 'floods') for (;;) say({ partial: 'and more', start: 0 });
  writeSync(1, 'not JSON\n{"final":"","start":2,"end":1}\n[]\n{"partial":"x"}\n');
  writeSync(1, `{"partial":"${'long '.repeat(100_000)}","start":0}\n`);
}

let odd: Buffer | undefined;
process.stdin.on('data', (chunk: Buffer) => {
  const bytes = odd ? Buffer.concat([odd, chunk]) : chunk;
  const whole = bytes.byteLength & ~1;
  odd = whole < bytes.byteLength ? bytes.subarray(whole) : undefined;
  const pcm = new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + whole));
  for (const pulse of reader.push(pcm, misbehave)) tell(pulse);
  const { present, position } = reader;
  if (present) say({ partial: present.text, start: present.start / rate });
  else say({ progress: position / rate });
});
process.stdin.on('end', () => {
  for (const pulse of reader.end()) tell(pulse);
});
