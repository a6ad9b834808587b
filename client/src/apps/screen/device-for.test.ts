import type { Me } from '@nhip-cau/shared/protocol/http';
import { expect, it } from 'vitest';
import { deviceFor } from './useScreenSession.ts';

const device = (bridgePointId: string, role: 'moderator' | 'screen'): Me => ({
  kind: 'device',
  principal: `device:${bridgePointId}`,
  displayName: bridgePointId,
  role,
  dialogueId: 'd',
  bridgePointId,
});
const staff = { kind: 'staff' } as Me;

it.each([
  ['the hall of the address', [device('a', 'screen'), device('b', 'moderator')], 'b', 'b'],
  ['nobody for an unknown hall', [device('a', 'screen')], 'z', null],
  ['the one screen', [staff, device('a', 'moderator'), device('b', 'screen')], null, 'b'],
  ['the one computer', [staff, device('a', 'moderator')], null, 'a'],
  ['nobody when there are two', [device('a', 'screen'), device('b', 'screen')], null, null],
  ['nobody when there is none', [staff], null, null],
])('is %s', (_, me, asked, expected) => {
  expect(deviceFor(me, asked)?.bridgePointId ?? null).toBe(expected);
});
