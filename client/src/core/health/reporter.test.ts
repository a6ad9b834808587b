import type { PageHealth } from '@nhip-cau/shared/model/health';
import type { HealthReport } from '@nhip-cau/shared/protocol/health';
import { expect, it } from 'vitest';
import { HealthReporter } from './reporter.ts';

const fine: PageHealth = {
  picture: 'ok',
  sound: 'ok',
  echo: false,
  levelDbfs: -30,
  upKbps: 1_000,
  downKbps: null,
  upLossPercent: 0,
  downLossPercent: 0,
  rttMs: 50,
  freezes: 0,
  clockOffsetMs: 0,
};
const devices = { cameras: [], microphones: [], camera: null, microphone: null };

function reporting(answers: boolean[] = []) {
  const sent: HealthReport[] = [];
  const reporter = new HealthReporter((report) => {
    sent.push(report);
    return Promise.resolve(answers.shift() ?? true);
  });
  return { sent, reporter };
}

it('tells what changed and nothing else', async () => {
  const { sent, reporter } = reporting();
  await reporter.take(fine, devices);
  await reporter.take(fine, devices);
  await reporter.take({ ...fine, rttMs: 55 }, devices);
  await reporter.take({ ...fine, picture: 'black' }, devices);
  expect(sent).toEqual([{ health: fine, devices }, { health: { ...fine, picture: 'black' } }]);
});

it('an hour of a quiet hall, measured each five seconds, is one message', async () => {
  const { sent, reporter } = reporting();
  for (let look = 0; look < 720; look += 1) {
    await reporter.take({ ...fine, rttMs: 50 + (look % 9), upKbps: 1_000 + (look % 50) }, devices);
  }
  expect(sent).toHaveLength(1);
});

it('tells again what was not taken, and all of it after the line was lost', async () => {
  const { sent, reporter } = reporting([false]);
  await reporter.take(fine, devices);
  await reporter.take(fine, devices);
  reporter.forget();
  await reporter.take(fine, devices);
  expect(sent).toHaveLength(3);
  expect(sent.every((report) => report.devices !== undefined)).toBe(true);
});
