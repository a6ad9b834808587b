import { expect, it } from 'vitest';
import { OpusDecoder } from '../../src/speech/tap/opus-decoder.ts';
import { Random } from '../../simulator/random.ts';
import { burstIn, burstOf, digitsOf, mostNumbers, textOf } from './burst-code.ts';
import { BurstEar } from './burst-ear.ts';
import { BurstVoice, framesPerBurst } from './burst-voice.ts';

it('names a burst by its digits and its text, and nothing else', () => {
  const name = { hall: 3, number: 4_095 };
  expect(burstOf(digitsOf(name))).toEqual(name);
  expect(burstIn(textOf(name))).toEqual(name);
  expect(burstIn('hall burst 7')).toBeNull();
  const digits = digitsOf(name);
  for (const at of digits.keys()) {
    expect(burstOf(digits.map((digit, index) => (index === at ? (digit + 1) % 16 : digit)))).toBe(
      null,
    );
  }
});

it('hears every burst through Opus, at its time, in pieces of any length', () => {
  const decoder = new OpusDecoder();
  const voice = new BurstVoice(2);
  const ear = new BurstEar();
  const random = new Random('ear');
  const count = 40;
  const sound: number[] = [];
  for (let frame = 0; frame < (count + 1) * framesPerBurst; frame += 1) {
    sound.push(...decoder.decode(voice.packet(frame))!);
  }
  const heard = [];
  for (let at = 0; at < sound.length;) {
    const length = random.int(1, 900);
    heard.push(...ear.push(Int16Array.from(sound.slice(at, at + length))));
    at += length;
  }
  decoder.close();
  voice.close();
  const whole = heard.filter(({ name }) => name !== null);
  expect(whole.slice(0, count).map(({ name }) => name)).toEqual(
    Array.from({ length: count }, (_, number) => ({ hall: 2, number })),
  );
  for (const { name, start, end } of whole) {
    const { from, to } = voice.framesOf(name!.number);
    expect(Math.abs(start - from * 320)).toBeLessThan(640);
    expect(Math.abs(end - to * 320)).toBeLessThan(640);
  }
});

it('does not name what was cut off', () => {
  const ear = new BurstEar();
  const tone = Int16Array.from({ length: 2_400 }, (_, at) => {
    return 16_000 * Math.sin((2 * Math.PI * 700 * at) / 16_000);
  });
  expect([...ear.push(tone), ...ear.push(new Int16Array(1_600))]).toMatchObject([{ name: null }]);
  expect(mostNumbers).toBe(4_096);
});
