import type { CommandName, CommandPayload } from '@nhip-cau/shared/protocol/commands';
import { newId } from '../../../../../core/connection/new-id.ts';
import type { AnyCommand } from '../../../live/inverse.ts';
import type { Line } from './line.ts';

export type LineOf = (id: string) => Line | undefined;

/** Looks at the lines as they are now: `null` when somebody has changed them since. */
export type Inverse = (now: LineOf) => AnyCommand | null;

type Inverses = {
  [Name in CommandName]?: (payload: CommandPayload<Name>, before: LineOf) => Inverse | null;
};

/** Its place in the log's reading: the command that takes it back says the revision of now. */
const at = (line: Line) => ({ lineId: line.id, revision: line.revision });

const inverses: Inverses = {
  'transcript.edit': ({ lineId, text }, before) => {
    const old = before(lineId);
    if (!old) return null;
    return (now) => {
      const line = now(lineId);
      return line && isStill(line, text) && hidesAll(line, old)
        ? { name: 'transcript.edit', payload: { ...at(line), text: old.text } }
        : null;
    };
  },
  'transcript.attribute': ({ lineId, speaker }, before) => {
    const old = before(lineId);
    if (!old) return null;
    const payload = {
      speaker:
        old.turnId === null
          ? { kind: 'host' as const }
          : { kind: 'turn' as const, turnId: old.turnId },
      speakerName: old.speaker.name,
    };
    return (now) => {
      const line = now(lineId);
      const turnId = speaker.kind === 'turn' ? speaker.turnId : null;
      return line && !line.isRemoved && line.turnId === turnId
        ? { name: 'transcript.attribute', payload: { ...at(line), ...payload } }
        : null;
    };
  },
  'transcript.split': ({ lineId, newLineId }) => {
    return (now) => {
      const [line, next] = [now(lineId), now(newLineId)];
      if (!line || !next || line.isRemoved || next.isRemoved) return null;
      const behind = { nextLineId: next.id, nextRevision: next.revision };
      return { name: 'transcript.merge', payload: { ...at(line), ...behind } };
    };
  },
  'transcript.merge': ({ lineId, nextLineId }, before) => {
    const [first, second] = [before(lineId)?.text, before(nextLineId)?.text];
    if (first === undefined || second === undefined) return null;
    return (now) => {
      const line = now(lineId);
      if (!line || line.isRemoved) return null;
      if (!line.text.startsWith(first) || !line.text.endsWith(second)) return null;
      const cut = { newLineId: newId(), at: line.text.length - second.length };
      return { name: 'transcript.split', payload: { ...at(line), ...cut } };
    };
  },
  'transcript.remove': ({ lineId }) => {
    return (now) => {
      const line = now(lineId);
      return line?.isRemoved ? { name: 'transcript.restore', payload: at(line) } : null;
    };
  },
  'transcript.restore': ({ lineId }) => {
    return (now) => {
      const line = now(lineId);
      return line && !line.isRemoved ? { name: 'transcript.remove', payload: at(line) } : null;
    };
  },
  'transcript.replace': ({ changes }, before) => {
    const olds = changes.map(({ lineId, text }) => ({ lineId, text, old: before(lineId) }));
    return (now) => {
      const back = olds.flatMap(({ lineId, text, old }) => {
        const line = now(lineId);
        return line && old && isStill(line, text) && hidesAll(line, old)
          ? [{ ...at(line), text: old.text }]
          : [];
      });
      // All of it or nothing, as it was done.
      return back.length === olds.length
        ? { name: 'transcript.replace', payload: { changes: back } }
        : null;
    };
  },
  'transcript.redact': ({ lineId, redactionId }) => {
    return (now) => {
      const line = now(lineId);
      return line?.redactions.some(({ id }) => id === redactionId)
        ? { name: 'transcript.unredact', payload: { ...at(line), redactionId } }
        : null;
    };
  },
  'transcript.unredact': ({ lineId, redactionId }, before) => {
    const line = before(lineId);
    const old = line?.redactions.find(({ id }) => id === redactionId);
    if (!line || !old) return null;
    const { start, end, reason } = old;
    return (now) => {
      const present = now(lineId);
      return present && isStill(present, line.text)
        ? {
            name: 'transcript.redact',
            payload: { ...at(present), redactionId: newId(), start, end, reason },
          }
        : null;
    };
  },
};

const isStill = (line: Line, text: string) => !line.isRemoved && line.text === text.trim();

/** Hidden words that were edited away would come back for everybody to read. */
const hidesAll = (line: Line, old: Line) =>
  old.redactions.every(({ id }) => line.redactions.some((one) => one.id === id));

/** Something that was done, and how it is taken back. */
export interface Step {
  inverse: Inverse;
  /** The line that a merge took in: taken back, its text comes back as another line. */
  takenIn: string | null;
}

/** What was done by a command that was given as the lines were `before` it; `null`: it stays done. */
export function stepOf<Name extends CommandName>(
  name: Name,
  payload: CommandPayload<Name>,
  before: LineOf,
): Step | null {
  const inverse = inverseOf(name, payload, before);
  const takenIn = 'nextLineId' in payload ? payload.nextLineId : null;
  return inverse && { inverse, takenIn };
}

/**
 * How to take back a command that was given as the lines were `before` it; `null` when nothing
 * takes it back.
 */
export function inverseOf<Name extends CommandName>(
  name: Name,
  payload: CommandPayload<Name>,
  before: LineOf,
): Inverse | null {
  return inverses[name]?.(payload, before) ?? null;
}
