import { type CheckName, checkNames } from '@nhip-cau/shared/model/rehearsal';
import { describe, expect, it } from 'vitest';
import { type Fault, type Findings, judge, stepAfter } from './judge.ts';

describe('a step of the check', () => {
  it.each<[CheckName, Findings[CheckName], Fault | null]>([
    ['camera', true, null],
    ['camera', false, 'cameraOff'],
    ['picture', 'ok', null],
    ['picture', 'black', 'black'],
    ['picture', 'frozen', 'frozen'],
    ['picture', 'off', 'cameraOff'],
    ['microphone', -20, null],
    ['microphone', -60, 'tooQuiet'],
    ['microphone', null, 'microphoneOff'],
    ['echo', false, null],
    ['echo', true, 'echo'],
    ['up', 1_900, null],
    ['up', 700, 'upSlow'],
    ['up', null, 'notMeasured'],
    ['down', 2_100, null],
    ['down', 1_000, 'downSlow'],
    ['clock', -800, null],
    ['clock', 3_600_000, 'clockWrong'],
  ])('%s of %j: %j', (name, found, fault) => {
    expect(judge(name, found as never)).toMatchObject({
      result: fault === null ? 'ok' : 'problem',
      fault,
    });
  });

  it('keeps what it measured', () => {
    expect(judge('up', 1_812.4).value).toBe(1_812);
    expect(judge('picture', 'ok').value).toBeNull();
  });

  it('comes after another, to the last', () => {
    const order: CheckName[] = ['camera'];
    for (let next = stepAfter('camera'); next; next = stepAfter(next)) order.push(next);
    expect(order).toEqual(checkNames);
  });
});
