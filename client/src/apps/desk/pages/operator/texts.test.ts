import { alarmKinds } from '@nhip-cau/shared/model/alarms';
import { checkNames, checkResults, rollCallResults } from '@nhip-cau/shared/model/rehearsal';
import { expect, it } from 'vitest';
import messages from '../../messages.vi.ts';
import { tileStates } from './model/tiles.ts';
import { wallFilters } from './model/wall.ts';

const { rehearsal: check } = messages.moderator;

// Keys put together at run time, which no search for whole keys finds.
it.each<[string, object, readonly string[]]>([
  ['alarms', messages.operator.alarm, alarmKinds],
  ['filters of the wall', messages.operator.filter, [...wallFilters, 'label']],
  ['states of a tile', messages.operator.state, tileStates],
  ['checks', messages.rehearsal.check, checkNames],
  ['steps', check.doing, checkNames],
  ['how a step stands', check.state, [...checkResults, 'running', 'waiting']],
  ['answers to the roll call', messages.rehearsal.result, rollCallResults],
])('%s have their words, and no others stand there', (_what, texts, keys) => {
  expect(Object.keys(texts).sort()).toEqual([...keys].sort());
});
