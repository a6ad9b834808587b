import type { DialogueState } from '@nhip-cau/shared/model/session';
import type { StageFact } from '@nhip-cau/shared/protocol/facts';
import type { MicrophoneState } from '@nhip-cau/shared/protocol/media';
import type { TallyState } from '../../../../ui/tally.ts';

export const bannerKinds = [
  'revoked',
  'offlineMayBeOpen',
  'offline',
  'connecting',
  'onAir',
  'onAirCentral',
  'replaced',
  'ended',
  'held',
  'interrupted',
  'turnPaused',
  'calledNotSending',
  'blind',
  'muted',
  'opening',
  'onDeckNext',
  'onDeckBehind',
  'onDeckNotSending',
  'notStarted',
  'paused',
  'queued',
  'standby',
] as const;

/** What the hall is told: its words are in the locales under `moderator.banner`. */
export type BannerKind = (typeof bannerKinds)[number];

export interface HallSituation {
  bridgePointId: string;
  connection: 'connecting' | 'online' | 'offline' | 'revoked';
  dialogue: { state: DialogueState; centralBridgePointId: string } | null;
  stage: Pick<StageFact, 'onAir' | 'onDeck'> | null;
  /** What the media server last said of this computer's feed. */
  feed: { microphone: MicrophoneState } | null;
  /** Whether this computer offers camera and microphone; `replaced`: another one now does. */
  sending: 'off' | 'starting' | 'on' | 'replaced';
  /** Best place in the city's queue of this hall's questions, from 1. */
  place: number | null;
  /** Whether the desk keeps the hall's microphone closed. */
  muted: boolean;
  /** Whether the server cannot read its logs, and has closed its microphones. */
  isBlind: boolean;
}

export interface HallBanner {
  kind: BannerKind;
  tally: TallyState;
  /** Turns before this hall's, or its place in the queue. */
  count: number | null;
  /** The one thing that a person here may do about it. */
  action: 'resume' | 'end' | 'startCamera' | 'takeOver' | null;
  /** The hall's own turn: called, held or on deck. */
  turnId: string | null;
}

const tallies: Record<BannerKind, TallyState> = {
  revoked: 'offline',
  offlineMayBeOpen: 'held',
  offline: 'offline',
  connecting: 'offline',
  onAir: 'onAir',
  onAirCentral: 'onAir',
  replaced: 'offline',
  ended: 'standby',
  held: 'held',
  interrupted: 'held',
  turnPaused: 'held',
  calledNotSending: 'onDeck',
  blind: 'held',
  muted: 'held',
  opening: 'onDeck',
  onDeckNext: 'onDeck',
  onDeckBehind: 'onDeck',
  onDeckNotSending: 'onDeck',
  notStarted: 'standby',
  paused: 'standby',
  queued: 'standby',
  standby: 'standby',
};

/**
 * The one sentence for a hall's situation. Whether the microphone is open is the media server's word
 * alone: the log may call a turn before, and end it after, the microphone follows. With the line
 * gone, a microphone last known open counts as open.
 */
export function hallBanner(situation: HallSituation): HallBanner {
  const { bridgePointId, connection, dialogue, stage, feed, sending, place } = situation;
  const isSending = sending === 'on';
  const isOpen = feed?.microphone === 'open';
  const isCentral = dialogue?.centralBridgePointId === bridgePointId;
  const current = stage?.onAir?.bridgePointId === bridgePointId ? stage.onAir : null;
  const ahead = stage?.onDeck.findIndex((turn) => turn.bridgePointId === bridgePointId) ?? -1;
  const onDeck = stage?.onDeck[ahead] ?? null;
  const start = sending === 'off' ? 'startCamera' : null;
  const closed = situation.isBlind ? 'blind' : situation.muted ? 'muted' : 'opening';

  const say = (kind: BannerKind, rest: Partial<HallBanner> = {}): HallBanner => ({
    kind,
    tally: tallies[kind],
    count: null,
    action: null,
    turnId: current?.turnId ?? onDeck?.turnId ?? null,
    ...rest,
  });

  if (connection === 'revoked') return say('revoked');
  if (connection !== 'online') return say(isOpen ? 'offlineMayBeOpen' : connection);
  if (isOpen) {
    if (current) return say('onAir', { action: 'end' });
    return say(isCentral ? 'onAirCentral' : 'onAir');
  }
  if (sending === 'replaced') return say('replaced', { action: 'takeOver' });
  if (dialogue?.state === 'ended') return say('ended');
  if (current) {
    if (!isSending) return say('calledNotSending', { action: start });
    if (dialogue?.state === 'paused') return say('turnPaused');
    // The floor that was interrupted is given back by those who took it.
    if (current.heldReason === 'person') return say('interrupted');
    if (current.state === 'held') return say('held', { action: 'resume' });
    return say(closed);
  }
  if (isCentral && dialogue?.state === 'live') {
    if (!isSending) return say('calledNotSending', { action: start });
    return say(closed);
  }
  if (onDeck) {
    if (!isSending) return say('onDeckNotSending', { action: start });
    return ahead === 0 ? say('onDeckNext') : say('onDeckBehind', { count: ahead });
  }
  if (dialogue?.state === 'paused') return say('paused', { action: start });
  if (dialogue && dialogue.state !== 'live') return say('notStarted', { action: start });
  if (place !== null) return say('queued', { count: place, action: start });
  return say('standby', { action: start });
}
