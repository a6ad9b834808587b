import { expect, test } from 'vitest';
import { readNumber } from './number-words.ts';
import { toSentence } from './spoken.ts';
import { writtenForm } from './written-form.ts';

const digits = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'];

/** Ways to say a number that differ by region; drawn for each word anew. */
interface Speech {
  draw(): number;
}

const pick = ({ draw }: Speech, ...ways: string[]) => ways[Math.floor(draw() * ways.length)]!;

function sayBelow100(value: number, speech: Speech): string[] {
  const [ten, unit] = [Math.floor(value / 10), value % 10];
  if (ten === 0) return [digits[unit]!];
  const head = ten === 1 ? ['mười'] : [digits[ten]!, 'mươi'];
  if (unit === 0) return head;
  if (unit === 1) return [...head, ten === 1 ? 'một' : 'mốt'];
  if (unit === 4 && ten > 1) return [...head, pick(speech, 'tư', 'bốn')];
  if (unit === 5) return [...head, pick(speech, 'lăm', 'nhăm')];
  return [...head, unit === 7 ? pick(speech, 'bảy', 'bẩy') : digits[unit]!];
}

function sayGroup(value: number, isInner: boolean, speech: Speech): string[] {
  const [hundred, rest] = [Math.floor(value / 100), value % 100];
  if (hundred === 0 && !isInner) return sayBelow100(rest, speech);
  const head = [digits[hundred]!, 'trăm'];
  if (rest === 0) return head;
  if (rest < 10) return [...head, pick(speech, 'linh', 'lẻ'), digits[rest]!];
  return [...head, ...sayBelow100(rest, speech)];
}

/** A number up to 10^15 as it is read out in full. */
function say(value: number, speech: Speech): string[] {
  if (value >= 1e9) {
    const rest = value % 1e9;
    const head = [...say(Math.floor(value / 1e9), speech), pick(speech, 'tỷ', 'tỉ')];
    return rest === 0 ? head : [...head, ...sayBelowBillion(rest, true, speech)];
  }
  return sayBelowBillion(value, false, speech);
}

function sayBelowBillion(value: number, isInner: boolean, speech: Speech): string[] {
  const groups = [Math.floor(value / 1e6), Math.floor(value / 1e3) % 1e3, value % 1e3];
  const names = ['triệu', pick(speech, 'nghìn', 'ngàn'), ''];
  const said: string[] = [];
  let isBehind = isInner;
  groups.forEach((group, index) => {
    if (group > 0) {
      said.push(...sayGroup(group, isBehind, speech), ...(names[index] ? [names[index]] : []));
    } else if (isBehind && index === 1 && groups[2]! > 0) said.push('không', names[1]!);
    isBehind ||= group > 0;
  });
  return said.length > 0 ? said : ['không'];
}

/** A small generator with a seed (mulberry32): the same numbers in every run. */
function speechOf(seed: number): Speech {
  let state = seed;
  return {
    draw() {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    },
  };
}

function toWords(texts: readonly string[]) {
  return texts.map((text, index) => ({ text, start: index, end: index + 1, confidence: null }));
}

function numbers(speech: Speech): number[] {
  const random = Array.from({ length: 1500 }, () => {
    const size = 10 ** Math.ceil(speech.draw() * 12);
    const value = Math.floor(speech.draw() * size);
    // Round amounts are what people say.
    const round = 10 ** Math.floor(speech.draw() * 7);
    return speech.draw() < 0.5 ? value : Math.floor(value / round) * round;
  });
  const small = Array.from({ length: 1200 }, (_, value) => value);
  return [...small, ...random, 1e6, 1e9, 1e12 - 1, 1e12];
}

test('every number up to 10^12 is read back as it was said', () => {
  const speech = speechOf(2026);
  for (const value of numbers(speech).filter((number) => number > 0)) {
    const said = say(value, speech);
    const read = readNumber(toSentence(toWords(said)), 0);
    expect({ said: said.join(' '), value: read?.value, end: read?.end }).toEqual({
      said: said.join(' '),
      value,
      end: said.length,
    });
  }
});

test('what is written of an amount is worth what was said, whatever stands around it', () => {
  const speech = speechOf(30);
  for (const value of numbers(speech).filter((number) => number > 1)) {
    const said = ['tổng', 'là', ...say(value, speech), 'đồng', 'năm', 'nay'];
    const texts = writtenForm(toWords(said)).map(({ text }) => text);
    expect(texts.slice(0, 2)).toEqual(['tổng', 'là']);
    expect(texts.slice(-3)).toEqual(['đồng', 'năm', 'nay']);
    expect({ said: said.join(' '), worth: worthOf(texts.slice(2, -3)) }).toEqual({
      said: said.join(' '),
      worth: value,
    });
  }
});

/** "2,35 tỷ" → 2350000000. */
function worthOf([figure, scale]: string[]): number {
  const size = scale === 'tỷ' ? 1e9 : scale === 'triệu' ? 1e6 : 1;
  return Math.round(Number(figure!.replaceAll('.', '').replace(',', '.')) * size);
}
