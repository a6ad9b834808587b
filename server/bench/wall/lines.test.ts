import { alarmsOf } from '@nhip-cau/shared/model/alarms';
import { changedEnough, type PageHealth } from '@nhip-cau/shared/model/health';
import { expect, it } from 'vitest';
import { seededRandom } from '../bwe/random.ts';
import { HallLine } from './lines.ts';

/** Of so many looks, the share that is told, and that in which something is wrong. */
function follow(place: number, looks = 2_000) {
  const line = new HallLine(seededRandom(place), place);
  let told: PageHealth | null = null;
  let reports = 0;
  let alarms = 0;
  for (let look = 0; look < looks; look += 1) {
    const health = line.look();
    const presence = { computer: true, camera: true, microphone: true };
    const stake = 'other' as const;
    const situation = { presence, stake, isExpected: true, isMuted: false };
    if (alarmsOf({ ...situation, health: { computer: health, screen: null } }).length > 0) {
      alarms += 1;
    }
    if (!changedEnough(told, health)) continue;
    told = health;
    reports += 1;
  }
  return { told: reports / looks, wrong: alarms / looks };
}

it('tells little of a steady line and much of a poor one, and both are in trouble at times', () => {
  for (const steady of [follow(1), follow(2)]) {
    expect(steady.told).toBeLessThan(0.05);
    expect(steady.wrong).toBeGreaterThan(0.005);
    expect(steady.wrong).toBeLessThan(0.2);
  }
  expect(follow(5).told).toBeGreaterThan(0.2);
});
