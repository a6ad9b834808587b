import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

function declarations(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf('\n}', start));
  return new Map(
    [...block.matchAll(/^\s*(--[\w-]+):\s*([^;]+);/gm)].map((match) => [match[1]!, match[2]!]),
  );
}

const light = declarations(':root');
const themes = { light, dark: new Map([...light, ...declarations("[data-theme='dark']")]) };

function channels(tokens: Map<string, string>, name: string): number[] {
  const value = tokens.get(name);
  const reference = value?.match(/^var\((--[\w-]+)\)$/)?.[1];
  if (reference) return channels(tokens, reference);
  const hex = value?.match(/^#([0-9a-f]{6})$/)?.[1];
  if (!hex) throw new Error(`${name} is no plain colour: ${value}`);
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
}

/** Relative luminance of WCAG 2.2. */
function luminance(rgb: number[]): number {
  const [r, g, b] = rgb.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(tokens: Map<string, string>, one: string, other: string): number {
  const [low, high] = [one, other]
    .map((name) => luminance(channels(tokens, name)))
    .sort((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}

const surfaces = ['--surface', '--surface-raised', '--surface-sunken', '--surface-accent'];

/** Text that the hall screen and the host read: 7:1 in both themes. */
const text: [string, string][] = [
  ...surfaces.map((surface): [string, string] => ['--text', surface]),
  ...surfaces.map((surface): [string, string] => ['--text-muted', surface]),
  ...surfaces.map((surface): [string, string] => ['--text-accent', surface]),
  ['--on-primary', '--primary'],
  ['--on-primary', '--primary-hover'],
  ['--warning-text', '--warning-surface'],
  ['--on-picture', '--picture'],
  ['--tally-held-text', '--tally-held-stripe'],
  ['--timer-text', '--timer-warning'],
  ['--timer-text', '--timer-over'],
  ...['standby', 'on-deck', 'on-air', 'held', 'offline', 'done'].map((state): [string, string] => [
    `--tally-${state}-text`,
    `--tally-${state}-surface`,
  ]),
];

/** Borders and rings that carry meaning: 3:1 (WCAG 2.2, 1.4.11). */
const shapes: [string, string][] = [
  ['--focus', '--surface'],
  ['--focus', '--surface-raised'],
  ['--border-strong', '--surface'],
  ['--border-strong', '--surface-raised'],
  ...['standby', 'on-deck', 'on-air', 'held', 'offline', 'done'].map((state): [string, string] => [
    `--tally-${state}`,
    '--surface',
  ]),
];

describe.each(Object.entries(themes))('%s theme', (_theme, tokens) => {
  it.each(text)('sets %s on %s at 7:1', (front, back) => {
    expect(contrast(tokens, front, back)).toBeGreaterThanOrEqual(7);
  });

  it.each(shapes)('draws %s on %s at 3:1', (front, back) => {
    expect(contrast(tokens, front, back)).toBeGreaterThanOrEqual(3);
  });
});

describe('the on-air red', () => {
  it('is the only red there is', () => {
    const reds = [...themes.light, ...themes.dark].filter(([, value]) => {
      if (!/^#[0-9a-f]{6}$/.test(value)) return false;
      const [r, g, b] = channels(new Map([['--c', value]]), '--c');
      return r! > 0.4 && r! > 1.6 * g! && r! > 1.6 * b! && Math.abs(g! - b!) < 0.12;
    });
    expect(new Set(reds.map(([name]) => name))).toEqual(
      new Set(['--red-on-air', '--red-on-air-light']),
    );
  });
});
