import type { Reducers } from '../kernel/entries.ts';

export const transcriptReducers: Reducers<'transcript.added'> = {
  'transcript.added': (state, { at, payload: { lineId, text, turnId } }) => {
    const line = {
      id: lineId,
      position: state.lines.length + 1,
      at,
      text,
      turnId,
      offsetMs: at - (state.dialogue?.startedAt ?? at),
    };
    state.lines.push(line);
    state.linesById.set(lineId, line);
    state.touch('transcriptLine', lineId);
  },
};
