import type { HallHealth } from './health.ts';

/** What can be wrong with a hall, the gravest first. */
export const alarmKinds = [
  'offline',
  'noPicture',
  'noSound',
  'black',
  'frozen',
  'echo',
  'loss',
  'lowBandwidth',
] as const;

export type AlarmKind = (typeof alarmKinds)[number];

/** How soon a hall will be needed, the soonest first. */
export const stakes = ['onAir', 'onDeck', 'next', 'other'] as const;

export type Stake = (typeof stakes)[number];

/** From here on the line is in the way of what is said, percent of packets lost either way. */
export const lossAlarmPercent = 5;
/** Below this a face cannot be shown, kbit/s. */
export const lowBandwidthKbps = 250;

type Connected = { computer: boolean; camera: boolean; microphone: boolean };

/** Whether a hall is there: its computer, or something else that sends for it, as an encoder. */
export const isConnected = (presence: Connected | null): presence is Connected =>
  presence !== null && (presence.computer || presence.camera || presence.microphone);

export interface HallSituation {
  /** `null`: nothing of the hall is connected. */
  presence: Connected | null;
  health: HallHealth | null;
  stake: Stake;
  /** Whether it ought to be there: it was, or the dialogue has begun. */
  isExpected: boolean;
  /** A person closed its microphone: its silence is meant. */
  isMuted: boolean;
}

/** What is wrong with a hall, the gravest first. */
export function alarmsOf(hall: HallSituation): AlarmKind[] {
  const { presence, health, stake, isExpected, isMuted } = hall;
  const isNeeded = stake !== 'other';
  if (!isConnected(presence)) return isExpected || isNeeded ? ['offline'] : [];
  const computer = health?.computer ?? null;
  const loss = Math.max(computer?.upLossPercent ?? 0, computer?.downLossPercent ?? 0);
  const isSlow = [computer?.upKbps, computer?.downKbps].some(
    (kbps) => typeof kbps === 'number' && kbps < lowBandwidthKbps,
  );
  const is: Record<AlarmKind, boolean> = {
    offline: false,
    // Who is not called soon may still have the camera off.
    noPicture: !presence.camera && isNeeded,
    noSound: !isMuted && ((!presence.microphone && isNeeded) || computer?.sound === 'silent'),
    black: computer?.picture === 'black',
    frozen: computer?.picture === 'frozen',
    echo: computer?.echo ?? false,
    loss: loss >= lossAlarmPercent,
    lowBandwidth: isSlow,
  };
  return alarmKinds.filter((kind) => is[kind]);
}

/** Order of halls with alarms: by what matters next, then by what is gravest. */
export function compareAlarms(
  a: { stake: Stake; alarms: readonly AlarmKind[] },
  b: { stake: Stake; alarms: readonly AlarmKind[] },
): number {
  return stakes.indexOf(a.stake) - stakes.indexOf(b.stake) || gravest(a.alarms) - gravest(b.alarms);
}

function gravest([first]: readonly AlarmKind[]): number {
  return first === undefined ? alarmKinds.length : alarmKinds.indexOf(first);
}

/** How soon the hall is needed, as the stage says. */
export function stakeOf(
  bridgePointId: string,
  stage: {
    onAir: { bridgePointId: string } | null;
    onDeck: readonly { bridgePointId: string }[];
    next: readonly { bridgePointId: string }[];
  } | null,
): Stake {
  const isIt = (one: { bridgePointId: string }) => one.bridgePointId === bridgePointId;
  if (stage?.onAir && isIt(stage.onAir)) return 'onAir';
  if (stage?.onDeck.some(isIt)) return 'onDeck';
  return stage?.next.some(isIt) ? 'next' : 'other';
}
