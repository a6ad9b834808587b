import { expect, test } from 'vitest';
import type { GatewaySocket } from './gateway-socket.ts';
import { Rooms } from './rooms.ts';

/** As much of a socket as a room looks at. */
const socketOf = (kind: 'staff' | 'device' | 'person') =>
  ({ rooms: [], data: { actor: { kind } } }) as unknown as GatewaySocket;

test('staff and the halls’ computers are told before the phones', () => {
  const rooms = new Rooms();
  const [phone, screen, desk] = [socketOf('person'), socketOf('device'), socketOf('staff')];
  for (const socket of [phone, screen, desk]) rooms.assign(socket, ['d everyone']);
  expect(rooms.get('d everyone')!.parts.map((part) => part.members())).toEqual([
    [screen, desk],
    [phone],
  ]);
});

test('a list stays as it is when somebody goes; a room without anybody is none', () => {
  const rooms = new Rooms();
  const [one, other] = [socketOf('person'), socketOf('person')];
  for (const socket of [one, other]) rooms.assign(socket, ['d everyone', 'd person:1']);
  const [, phones] = rooms.get('d everyone')!.parts;
  const [before, version] = [phones!.members(), phones!.version];
  rooms.assign(one, ['d person:1']);
  expect([before.length, phones!.members(), phones!.has(one)]).toEqual([2, [other], false]);
  expect(phones!.version).toBeGreaterThan(version);
  rooms.assign(other, []);
  expect([rooms.get('d everyone'), rooms.get('d person:1')!.size]).toEqual([undefined, 1]);
});
