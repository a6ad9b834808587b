import {
  type AlarmKind,
  alarmsOf,
  compareAlarms,
  isConnected,
  type Stake,
  stakeOf,
} from '@nhip-cau/shared/model/alarms';
import type { HallHealth } from '@nhip-cau/shared/model/health';
import { passed } from '@nhip-cau/shared/model/rehearsal';
import type { DialogueState } from '@nhip-cau/shared/model/session';
import { compareText } from '@nhip-cau/shared/model/text';
import type {
  BridgePointFact,
  EquipmentFact,
  ReadinessFact,
  StageFact,
} from '@nhip-cau/shared/protocol/facts';
import type { BridgePointPresence } from '@nhip-cau/shared/protocol/signals';

export const tileStates = ['onAir', 'onDeck', 'ready', 'standby', 'offline'] as const;

/** `ready`: its camera is sent; `standby`: connected without one. */
export type TileState = (typeof tileStates)[number];

export interface WallTile {
  id: string;
  name: string;
  district: string;
  /** The head table's hall: on air while the dialogue is live, whoever speaks. */
  isCentral: boolean;
  state: TileState;
  stake: Stake;
  /** The gravest first. */
  alarms: AlarmKind[];
  hasCamera: boolean;
  /** Whether a computer of the hall is there, to be talked with and measured. */
  hasComputer: boolean;
  isMuted: boolean;
  unread: number;
  isRinging: boolean;
  /** Passed its own check, or was found ready in the roll call. */
  isReady: boolean;
}

export interface WallView {
  /** In the order of the wall. */
  bridgePoints: readonly BridgePointFact[];
  presence: Readonly<Record<string, BridgePointPresence>>;
  health: Readonly<Record<string, HallHealth>>;
  stage: Pick<StageFact, 'onAir' | 'onDeck' | 'next'> | null;
  dialogue: DialogueState;
  equipment: ReadonlyMap<string, EquipmentFact>;
  readiness: ReadonlyMap<string, ReadinessFact>;
  unread: ReadonlyMap<string, number>;
  ringing: ReadonlySet<string>;
  /** Halls that were connected while this page was open. */
  seen: ReadonlySet<string>;
}

/** The head table's hall, and the others by district and name. */
export function inWallOrder(bridgePoints: Iterable<BridgePointFact>): BridgePointFact[] {
  return [...bridgePoints].sort(
    (a, b) =>
      Number(b.isCentral) - Number(a.isCentral) ||
      compareText(a.district, b.district) ||
      compareText(a.name, b.name),
  );
}

/** Every hall as the wall shows it, in the order given. */
export function wallTiles(view: WallView): WallTile[] {
  const isUnderWay = view.dialogue === 'live' || view.dialogue === 'paused';
  const tiles: WallTile[] = [];
  for (const { id, name, district, isCentral } of view.bridgePoints) {
    const presence = view.presence[id] ?? null;
    const isOnAir = isCentral && view.dialogue === 'live';
    const stake = isOnAir ? 'onAir' : stakeOf(id, view.stage);
    const isTested = isReady(view.readiness.get(id));
    const isMuted = view.equipment.get(id)?.muted ?? false;
    tiles.push({
      id,
      name,
      district,
      isCentral,
      state: stateOf(presence, stake),
      stake,
      alarms: alarmsOf({
        presence,
        health: view.health[id] ?? null,
        stake,
        // Who never came is offline, and no alarm: it would hide those that were lost.
        isExpected: view.seen.has(id) || (isUnderWay && (isTested || isCentral)),
        isMuted,
      }),
      hasCamera: presence?.camera ?? false,
      hasComputer: presence?.computer ?? false,
      isMuted,
      unread: view.unread.get(id) ?? 0,
      isRinging: view.ringing.has(id),
      isReady: isTested,
    });
  }
  return tiles;
}

function stateOf(presence: BridgePointPresence | null, stake: Stake): TileState {
  if (stake === 'onAir' || stake === 'onDeck') return stake;
  if (!isConnected(presence)) return 'offline';
  return presence.camera ? 'ready' : 'standby';
}

function isReady(readiness: ReadinessFact | undefined): boolean {
  const [report] = readiness?.reports ?? [];
  return readiness?.rollCall?.result === 'ok' || (report !== undefined && passed(report));
}

/** What must be drawn anew when it changes, in one word. */
export const signatureOf = (tile: WallTile): string => Object.values(tile).join('|');

/** Halls in which something is wrong or somebody waits, the most pressing first. */
export function pressing(tiles: readonly WallTile[]): WallTile[] {
  return tiles
    .filter(({ alarms, isRinging }) => alarms.length > 0 || isRinging)
    .sort((a, b) => Number(b.isRinging) - Number(a.isRinging) || compareAlarms(a, b));
}
