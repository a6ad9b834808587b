import type { DialogueState } from '../../dialogue/kernel/state.ts';
import type { OnAirListener, OnAirTrack } from '../../dialogue/recording/ports.ts';
import type { Ffmpeg } from '../ffmpeg.ts';
import type { ProgrammeStage } from './programme-feed.ts';
import { Programme } from './programme.ts';

export interface ProgrammesOptions {
  ffmpeg: Ffmpeg;
  onError: (error: unknown, dialogueId: string) => void;
}

/** The programmes of all dialogues: each gets its tracks, and is told of its stage. */
export class Programmes implements OnAirListener {
  private readonly options: ProgrammesOptions;
  private readonly onAir = new Map<string, OnAirTrack>();
  private readonly programmes = new Map<string, Programme>();

  constructor(options: ProgrammesOptions) {
    this.options = options;
  }

  handleTrack(track: OnAirTrack): void {
    // A private line is nobody's programme.
    if (track.source === 'line') return;
    this.onAir.set(track.id, track);
    this.programmes.get(track.dialogueId)?.add(track);
  }

  handleTrackEnded(id: string): void {
    const track = this.onAir.get(id);
    this.onAir.delete(id);
    if (track) this.programmes.get(track.dialogueId)?.remove(id);
  }

  /** Call after each commit, before those who take programmes are told of it. */
  handleState(state: DialogueState): void {
    const programme = this.programmes.get(state.id);
    programme?.setStage(stageOf(state));
    if (state.dialogue?.state !== 'ended') return;
    programme?.close();
    this.programmes.delete(state.id);
  }

  /** The programme of this dialogue, made at the first call; to be taken by those who want it. */
  of(state: DialogueState): Programme {
    const known = this.programmes.get(state.id);
    if (known) return known;
    const { ffmpeg, onError } = this.options;
    const programme = new Programme({
      ffmpeg,
      title: state.dialogue?.title ?? '',
      stage: stageOf(state),
      onError: (error) => onError(error, state.id),
    });
    this.programmes.set(state.id, programme);
    for (const track of this.onAir.values()) {
      if (track.dialogueId === state.id) programme.add(track);
    }
    return programme;
  }

  /** Idempotent. */
  close(): void {
    for (const programme of this.programmes.values()) programme.close();
    this.programmes.clear();
  }
}

function stageOf({ dialogue, currentTurnId, turns }: DialogueState): ProgrammeStage {
  const centralId = dialogue?.centralBridgePointId ?? '';
  const turn = currentTurnId === null ? undefined : turns.get(currentTurnId);
  const isHeard = turn?.state === 'onAir' && turn.bridgePointId !== centralId;
  return { centralId, speakerId: isHeard ? turn.bridgePointId : null };
}
