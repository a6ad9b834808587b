import { expect, it } from 'vitest';
import { centralState } from './central-feed.ts';

const open = { sending: 'on', hasMicrophone: true, muted: false, microphone: 'open' } as const;

it.each([
  ['all of it', {}, 'open'],
  ['the server has it closed', { microphone: 'closed' }, 'closed'],
  ['muted here', { muted: true }, 'muted'],
  ['muted here, closed there', { muted: true, microphone: 'closed' }, 'muted'],
  ['a camera alone', { hasMicrophone: false }, 'noMicrophone'],
  ['the devices are opening', { sending: 'starting' }, 'starting'],
  ['another computer sends', { sending: 'replaced' }, 'replaced'],
  ['nothing was started', { sending: 'off', hasMicrophone: false, microphone: 'closed' }, 'off'],
] as const)('%s', (_case, changes, state) => {
  expect(centralState({ ...open, ...changes })).toBe(state);
});
