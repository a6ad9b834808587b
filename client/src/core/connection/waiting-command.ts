import type { CommandName, CommandPayload } from '@nhip-cau/shared/protocol/commands';

/** A command not yet acknowledged. `queuedAt` is epoch ms and gives the order of sending. */
export type WaitingCommand = {
  [Name in CommandName]: {
    commandId: string;
    name: Name;
    payload: CommandPayload<Name>;
    queuedAt: number;
  };
}[CommandName];

/**
 * Commands about the present moment. Whoever gives one offline must not find it carried out a
 * quarter of an hour later: they are not kept over a reload and are given up after a short while.
 */
const momentary: ReadonlySet<CommandName> = new Set<CommandName>([
  'dialogue.start',
  'dialogue.pause',
  'dialogue.resume',
  'dialogue.end',
  'floor.prepare',
  'floor.release',
  'floor.call',
  'floor.callHand',
  'floor.reply',
  'floor.hostTurn',
  'floor.extend',
  'floor.end',
  'floor.hold',
  'floor.resume',
  'line.ring',
  'line.answer',
  'line.hangUp',
  'equipment.ask',
  'presentation.showDeck',
  'presentation.showScreen',
  'presentation.end',
  'recording.start',
  'recording.stop',
  'broadcast.start',
  'broadcast.stop',
]);

const momentMs = 15_000;

/** How long a command may wait for its acknowledgement, in ms; `null`: until it has one. */
export function patienceMs(name: CommandName): number | null {
  return momentary.has(name) ? momentMs : null;
}
