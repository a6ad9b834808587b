import type { HallHealth } from '@nhip-cau/shared/model/health';
import type { HallDevices } from '@nhip-cau/shared/protocol/health';
import type { Signals } from '@nhip-cau/shared/protocol/signals';
import type { Stenographer, TypedWords } from '@nhip-cau/shared/model/stenography';
import type { NodeValues } from '../../dialogue/nodes/ports.ts';
import { roomOf } from './audiences.ts';
import type { Handlings } from './handling.ts';
import type { TellHealth } from './health.ts';
import { NodeParts } from './node-parts.ts';
import type { HallSignals, SignalBoard } from './signals.ts';
import type { TypingOutlet } from './typing.ts';

/** Signals that every node has a part of: each is given its own and tells all of them. */
export interface SharedSignals {
  /** Which questions, or lines of the transcript, the secretaries have open. */
  setHandling(name: 'handling' | 'editing', dialogueId: string, open: Handlings): void;
  /** Who types captions, and what. */
  typing: TypingOutlet;
  /** Of what the halls' pages measure; their presence is not. */
  setMeasured: TellHealth;
  setLevels(dialogueId: string, levels: Signals['levels']['levels']): void;
}

/** Tells what all nodes say on this node's board. */
export function shareSignals(board: SignalBoard, values: NodeValues): SharedSignals {
  const handling = new NodeParts<Handlings>({
    values,
    name: 'openQuestions',
    combine: allHandlings,
    tell: (dialogueId, _id, now) =>
      board.set(dialogueId, roomOf(dialogueId, 'desk'), 'handling', { questions: now ?? {} }),
  });
  const editing = new NodeParts<Handlings>({
    values,
    name: 'openLines',
    combine: allHandlings,
    tell: (dialogueId, _id, now) =>
      board.set(dialogueId, roomOf(dialogueId, 'desk'), 'editing', { lines: now ?? {} }),
  });
  const typed = new NodeParts<TypedWords[]>({
    values,
    name: 'typed',
    combine: (parts) => parts.flat(),
    tell: (dialogueId, _id, now) =>
      board.set(dialogueId, roomOf(dialogueId, 'everyone'), 'typed', { lines: now ?? [] }),
  });
  const stenographers = new NodeParts<Stenographer[]>({
    values,
    name: 'stenographers',
    combine: (parts) => parts.flat().sort((a, b) => a.cameAt - b.cameAt),
    tell: (dialogueId, _id, now) =>
      board.set(dialogueId, roomOf(dialogueId, 'desk'), 'stenographers', { pages: now ?? [] }),
  });
  const levels = new NodeParts<Signals['levels']['levels']>({
    values,
    name: 'levels',
    combine: (parts) => Object.assign({}, ...parts),
    tell: (dialogueId, _id, now) => {
      for (const audience of ['desk', 'host'] as const) {
        board.set(dialogueId, roomOf(dialogueId, audience), 'levels', { levels: now ?? {} });
      }
    },
  });
  const health = measuredParts('health', board, values);
  const devices = measuredParts('devices', board, values);
  return {
    setHandling: (name, dialogueId, open) =>
      (name === 'handling' ? handling : editing).set(
        dialogueId,
        '',
        Object.keys(open).length > 0 ? open : null,
      ),
    typing: {
      tellTyped: (dialogueId, lines) => typed.set(dialogueId, '', lines.length > 0 ? lines : null),
      tellStenographers: (dialogueId, pages) =>
        stenographers.set(dialogueId, '', pages.length > 0 ? pages : null),
    },
    setLevels: (dialogueId, own) =>
      levels.set(dialogueId, '', Object.keys(own).length > 0 ? own : null),
    setMeasured: (dialogueId, name, bridgePointId, now) => {
      if (name === 'health') health.set(dialogueId, bridgePointId, now as HallHealth | null);
      if (name === 'devices') devices.set(dialogueId, bridgePointId, now as HallDevices | null);
    },
  };
}

/** A hall's pages are at one node, but for the moments in which they move to another. */
function measuredParts<Name extends 'health' | 'devices'>(
  name: Name,
  board: SignalBoard,
  values: NodeValues,
): NodeParts<HallSignals[Name]> {
  return new NodeParts<HallSignals[Name]>({
    values,
    name,
    combine: (parts) => parts.at(-1)!,
    tell: (dialogueId, bridgePointId, now) =>
      board.setHall(dialogueId, roomOf(dialogueId, 'desk'), name, bridgePointId, now),
  });
}

function allHandlings(parts: readonly Handlings[]): Handlings {
  const handlings: Handlings = {};
  for (const part of parts) {
    for (const [entryId, some] of Object.entries(part)) {
      const all = [...(handlings[entryId] ?? []), ...some];
      handlings[entryId] = all.sort((one, other) => one.since - other.since);
    }
  }
  return handlings;
}
