import type { PageHealth } from '@nhip-cau/shared/model/health';
import type { SignalMessage } from '@nhip-cau/shared/protocol/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type HealthSocket, HealthReports } from './health.ts';
import { SignalBoard } from './signals.ts';

const fine: PageHealth = {
  picture: 'ok',
  sound: 'ok',
  echo: false,
  levelDbfs: -30,
  upKbps: 1_000,
  downKbps: 2_000,
  upLossPercent: 0,
  downLossPercent: 0,
  rttMs: 50,
  freezes: 0,
  clockOffsetMs: 0,
};
const black: PageHealth = { ...fine, picture: 'black' };
const devices = {
  cameras: [{ key: 'a1', label: 'HD Webcam' }],
  microphones: [],
  camera: 'a1',
  microphone: null,
};

const page = (
  id: string,
  bridgePointId = 'hall',
  role: 'moderator' | 'screen' = 'moderator',
): HealthSocket => ({
  id,
  data: {
    dialogueId: 'd',
    actor: { kind: 'device', dialogueId: 'd', bridgePointId, role, sessionId: id },
  },
});
const staff: HealthSocket = {
  id: 'staff',
  data: {
    dialogueId: 'd',
    actor: { kind: 'staff', accountId: 'a', displayName: '', isAdmin: true, sessionId: 's' },
  },
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function listening() {
  const sent: SignalMessage[] = [];
  const signals = new SignalBoard((_room, message) => sent.push(structuredClone(message)));
  let now = 0;
  const reports = new HealthReports(
    (dialogueId, name, hall, value) => signals.setHall(dialogueId, 'd desk', name, hall, value),
    () => now,
  );
  /** What was told of that signal since the last time it was asked for. */
  const told = (name: 'health' | 'devices') => {
    vi.advanceTimersByTime(2_000);
    now += 2_000;
    const values = sent.filter((one) => one.name === name).map(({ value }) => value);
    sent.splice(0, sent.length, ...sent.filter((one) => one.name !== name));
    return values;
  };
  return { reports, signals, sent, told };
}

describe('what the halls measure', () => {
  it('is told hall by hall, the newest of each page', () => {
    const { reports, told } = listening();
    reports.handle(page('1'), { health: fine, devices });
    reports.handle(page('1'), { health: black });
    reports.handle(page('2', 'hall', 'screen'), { health: fine });
    expect(told('health')).toEqual([
      { full: false, bridgePoints: { hall: { computer: black, screen: fine } } },
    ]);
    expect(told('devices')).toEqual([{ full: false, bridgePoints: { hall: devices } }]);
    reports.handle(page('1'), { health: fine });
    expect(told('health')).toHaveLength(1);
    expect(told('devices')).toEqual([]);
  });

  it('goes with the page that measured, and with no other', () => {
    const { reports, signals, told } = listening();
    reports.handle(page('1'), { health: black });
    reports.handle(page('2'), { health: fine });
    reports.remove(page('1'));
    expect(told('health')).toEqual([
      { full: false, bridgePoints: { hall: { computer: fine, screen: null } } },
    ]);
    reports.remove(page('2'));
    expect(told('health')).toEqual([{ full: false, bridgePoints: { hall: null } }]);
    expect(signals.current(['d desk'])[0]?.value).toEqual({ full: true, bridgePoints: {} });
  });

  it('of 579 halls within a second is one message', () => {
    const { reports, sent } = listening();
    for (let hall = 0; hall < 579; hall += 1) {
      reports.handle(page(`${hall}`, `hall ${hall}`), { health: fine });
    }
    expect(sent).toEqual([]);
    vi.advanceTimersByTime(1_200);
    expect(sent.map(({ name }) => name)).toEqual(['health']);
    expect(Object.keys((sent[0]!.value as { bridgePoints: object }).bridgePoints)).toHaveLength(
      579,
    );
  });

  it.each<[string, HealthSocket, unknown, string]>([
    ['somebody of the desk', staff, { health: fine }, 'not_allowed'],
    ['no figures', page('1'), {}, 'invalid'],
    ['more than figures', page('1'), { health: { ...fine, note: 'x' } }, 'invalid'],
    ['a figure that cannot be', page('1'), { health: { ...fine, rttMs: -1 } }, 'invalid'],
    [
      'a device under a name that is markup and long',
      page('1'),
      { health: fine, devices: { ...devices, camera: '<b>' } },
      'invalid',
    ],
  ])('is refused: %s', (_case, socket, request, code) => {
    const { reports } = listening();
    expect(() => reports.handle(socket, request)).toThrow(expect.objectContaining({ code }));
  });

  it('is refused when a page tells more than it can have measured', () => {
    const { reports } = listening();
    const tell = () => reports.handle(page('1'), { health: fine });
    for (let times = 0; times < 10; times += 1) tell();
    expect(tell).toThrow(expect.objectContaining({ code: 'rate_limited' }));
    expect(() => reports.handle(page('2'), { health: fine })).not.toThrow();
  });
});
