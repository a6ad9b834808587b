import { commands } from '@nhip-cau/shared/protocol/commands';
import { expect, test } from 'vitest';
import { bridgePoints, headcounts, questions, settings } from './content.ts';

const codes = bridgePoints.map(({ code }) => code);

test('the demonstration’s halls and settings pass the schemas of their commands', () => {
  commands['bridgePoint.import'].parse({ bridgePoints });
  commands['dialogue.create'].parse({ ...settings, startsAt: 0 });
  expect(new Set(bridgePoints.map(({ district }) => district)).size).toBe(6);
});

test('its questions belong to its halls and fields, and show every state before the call', () => {
  for (const { at, field } of questions) {
    expect(codes).toContain(at);
    expect(settings.fields).toContain(field);
  }
  for (const code of Object.keys(headcounts)) expect(codes).toContain(code);
  const states = new Set(questions.map(({ state }) => state));
  expect(states).toEqual(new Set(['asked', 'forwarded', 'accepted', 'returned', 'merged']));
  const texts = questions.map(({ text }) => text);
  for (const { into } of questions) if (into !== undefined) expect(texts).toContain(into);
});
