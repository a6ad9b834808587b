import { bridgePointAudience } from '@nhip-cau/shared/model/audience';
import { messageWindow } from '@nhip-cau/shared/model/lines';
import type { LineFact } from '@nhip-cau/shared/protocol/facts';
import type { Projector, View } from '../kernel/project.ts';
import type { LineMessage } from '../kernel/state.ts';

export const projectLine: Projector<'line'> = (line, state) => {
  const { id } = line;
  const value: LineFact = { ...line, ended: state.lineEnds.get(id) ?? null };
  return [
    { audience: 'desk', collection: 'line', id, value },
    { audience: bridgePointAudience(id), collection: 'line', id, value },
  ];
};

export const projectLineMessage: Projector<'lineMessage'> = (message, state) => {
  const messages = state.messagesByHall.get(message.bridgePointId) ?? [];
  const isRecent = message.position > messages.length - messageWindow;
  const views = viewsOf(message, isRecent);
  // Position counts from 1: the message that this one pushes out of the window.
  const pushedOut = messages[message.position - 1 - messageWindow];
  return pushedOut ? [...views, ...viewsOf(pushedOut, false)] : views;
};

function viewsOf(message: LineMessage, isShown: boolean): View[] {
  const { id, bridgePointId } = message;
  const value = isShown ? message : null;
  return [
    { audience: 'desk', collection: 'lineMessage', id, value },
    { audience: bridgePointAudience(bridgePointId), collection: 'lineMessage', id, value },
  ];
}
