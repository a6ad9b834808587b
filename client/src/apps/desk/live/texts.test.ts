import { dispositionKinds, questionChannels } from '@nhip-cau/shared/model/questions';
import { dialogueStates } from '@nhip-cau/shared/model/session';
import { expect, it } from 'vitest';
import messages from '../messages.vi.ts';
import { bindings } from '../pages/secretary/model/keys.ts';
import { lanes } from '../pages/secretary/model/lanes.ts';
import { escalationChoices, outsideChoices } from './disposition.ts';

// Keys put together at run time, which no search for whole keys finds.
it.each<[string, object, readonly string[]]>([
  ['lanes', messages.secretary.lane, lanes],
  ['empty lanes', messages.secretary.empty, lanes],
  ['keys', messages.secretary.keys.does, bindings.map(({ action }) => action)],
  ['channels', messages.secretary.channel, questionChannels],
  ['dispositions', messages.live.kinds, dispositionKinds],
  ['what dispositions need', messages.live.kindHints, dispositionKinds],
  ['levels above', messages.live.escalate.choices, escalationChoices],
  ['reasons', messages.live.outside.choices, outsideChoices],
  ['an empty stage', messages.host.nobody, [...dialogueStates, 'waiting']],
])('%s have their words, and no others stand there', (_what, texts, keys) => {
  expect(Object.keys(texts).sort()).toEqual([...keys].sort());
});
