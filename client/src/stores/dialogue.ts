import type {
  CommandName,
  CommandOutcome,
  CommandPayload,
} from '@nhip-cau/shared/protocol/commands';
import type { HallHealth } from '@nhip-cau/shared/model/health';
import type { HallDevices, HealthReport } from '@nhip-cau/shared/protocol/health';
import type {
  BridgePointPresence,
  SignalMessage,
  Signals,
} from '@nhip-cau/shared/protocol/signals';
import type { Principal } from '@nhip-cau/shared/protocol/socket';
import type { TypingRequest } from '@nhip-cau/shared/protocol/typing';
import { defineStore } from 'pinia';
import {
  computed,
  markRaw,
  readonly,
  ref,
  shallowReactive,
  shallowReadonly,
  shallowRef,
} from 'vue';
import { BoardShelf, keepBoards } from '../core/connection/board-shelf.ts';
import { DialogueConnection } from '../core/connection/dialogue-connection.ts';
import type { ConnectionStatus } from '../core/connection/dialogue-connection.ts';
import { exclusiveByWebLocks } from '../core/connection/exclusive.ts';
import { MediaSignaller } from '../core/connection/media-signaller.ts';
import { browserStorage, OutboxShelf } from '../core/connection/outbox-shelf.ts';
import { Outbox } from '../core/connection/outbox.ts';
import type { OutboxEvents } from '../core/connection/outbox.ts';
import { Replica } from '../core/connection/replica.ts';
import { defaultRetryDelay } from '../core/retry-delay.ts';
import { onWake } from '../core/connection/wake.ts';
import type { WaitingCommand } from '../core/connection/waiting-command.ts';
import { createBoards } from './boards.ts';

export interface DialogueSession {
  principal: Principal;
  dialogueId: string;
  /** A hall's screen, opened with the session of its hall's computer. */
  page?: 'screen' | undefined;
  /** Shows after a reload without a line what it last knew: for a hall's moderator. */
  keepsBoards?: boolean | undefined;
}

interface SignalBoard {
  presence: Record<string, BridgePointPresence>;
  /** What the halls' pages measured last. */
  health: Record<string, HallHealth>;
  devices: Record<string, HallDevices>;
  /** Which entries the secretaries have open, by question. */
  handling: Signals['handling']['questions'];
  /** Which lines of the transcript they have open. */
  editing: Signals['editing']['lines'];
  /** What is being said, not yet final. */
  speaking: Signals['speaking']['lines'];
  /** Lines that are being typed. */
  typed: Signals['typed']['lines'];
  /** Pages on which captions are typed. */
  stenographers: Signals['stenographers']['pages'];
  /** How the speech engine keeps up. */
  transcribing: Signals['transcribing'] | null;
  connected: Signals['connected'] | null;
  recording: Signals['recording'] | null;
  levels: Signals['levels']['levels'];
  /** The server cannot read its logs, and has closed its microphones. */
  isBlind: boolean;
}

const silent = (): SignalBoard => ({
  presence: {},
  health: {},
  devices: {},
  handling: {},
  editing: {},
  speaking: [],
  typed: [],
  stenographers: [],
  transcribing: null,
  connected: null,
  recording: null,
  levels: {},
  isBlind: false,
});
const heardStepMs = 1_000;

/** What is on stage is left out: shown late it would mislead. */
const keptBoards = [
  { board: 'everyone', collection: 'dialogue' },
  { board: 'bridgePoint', collection: 'bridgePoint' },
  { board: 'bridgePoint', collection: 'question' },
  { board: 'bridgePoint', collection: 'hand' },
  { board: 'bridgePoint', collection: 'attendee' },
] as const;

/** What is told hall by hall, after this message: a new record, for the inside is not watched. */
function hallsAfter<Now>(
  known: Readonly<Record<string, Now>>,
  { full, bridgePoints }: { full: boolean; bridgePoints: Record<string, Now | null> },
): Record<string, Now> {
  const after: Record<string, Now> = full ? {} : { ...known };
  for (const [id, now] of Object.entries(bridgePoints)) {
    if (now === null) delete after[id];
    else after[id] = now;
  }
  return after;
}

/** One dialogue as this page's principal sees it: boards, signals, and commands to it. */
export const useDialogueStore = defineStore('dialogue', () => {
  const { maps, ...boards } = createBoards();
  const replica = new Replica(maps);
  const media = markRaw(new MediaSignaller());
  const session = shallowRef<DialogueSession | null>(null);
  const status = ref<ConnectionStatus>('connecting');
  const lastHeardAt = ref(0);
  const waiting = shallowRef<readonly WaitingCommand[]>([]);
  const signals = shallowReactive(silent());
  const settledListeners = new Set<(event: OutboxEvents['settled']) => void>();
  let open: { connection: DialogueConnection; outbox: Outbox; close: () => void } | null = null;

  function connect({ principal, dialogueId, page, keepsBoards }: DialogueSession): void {
    if (session.value?.principal === principal && session.value.dialogueId === dialogueId) return;
    disconnect();
    session.value = { principal, dialogueId, page };
    // A screen beside its moderator's page must not send what that page keeps.
    const scope = [principal, dialogueId, ...(page ? [page] : [])].join('/');
    const boardShelf = keepsBoards ? new BoardShelf(browserStorage(), scope, keptBoards) : null;
    lastHeardAt.value = boardShelf?.load(maps) ?? 0;
    const exclusive = exclusiveByWebLocks();
    const connection = new DialogueConnection({ principal, dialogueId, page, replica });
    const outbox = new Outbox({
      shelf: new OutboxShelf(browserStorage(), scope),
      deliver: (command) => connection.deliver(command),
      exclusively: (work) => exclusive(`nhip-cau.outbox:${scope}`, work),
      retryDelay: defaultRetryDelay,
    });
    waiting.value = outbox.waiting;
    outbox.on('changed', (commands) => (waiting.value = commands));
    outbox.on('settled', (event) => settledListeners.forEach((listener) => listener(event)));
    connection.on('status', (now) => {
      status.value = now;
      // Another node may see; one that does not says so again.
      if (now !== 'online') signals.isBlind = false;
      if (now === 'online') outbox.handleOnline();
      else outbox.handleOffline();
      if (now === 'revoked') {
        stopKeeping?.();
        boardShelf?.clear();
      }
    });
    connection.on('heard', (at) => {
      if (at - lastHeardAt.value >= heardStepMs) lastHeardAt.value = at;
    });
    connection.on('signal', takeSignal);
    media.attach(connection);
    const stopKeeping = boardShelf && keepBoards(boardShelf, maps, () => lastHeardAt.value);
    const stopWaking = onWake(() => connection.wake());
    const close = () => {
      stopKeeping?.();
      stopWaking();
      connection.close();
      outbox.close();
    };
    open = { connection, outbox, close };
  }

  function disconnect(): void {
    open?.close();
    open = null;
    session.value = null;
    status.value = 'connecting';
    waiting.value = [];
    replica.clear();
    Object.assign(signals, silent());
  }

  function takeSignal(message: SignalMessage): void {
    if (message.name === 'presence') {
      signals.presence = hallsAfter(signals.presence, message.value);
    } else if (message.name === 'health') {
      signals.health = hallsAfter(signals.health, message.value);
    } else if (message.name === 'devices') {
      signals.devices = hallsAfter(signals.devices, message.value);
    } else if (message.name === 'levels') signals.levels = message.value.levels;
    else if (message.name === 'handling') signals.handling = message.value.questions;
    else if (message.name === 'editing') signals.editing = message.value.lines;
    else if (message.name === 'speaking') signals.speaking = message.value.lines;
    else if (message.name === 'typed') signals.typed = message.value.lines;
    else if (message.name === 'stenographers') signals.stenographers = message.value.pages;
    else if (message.name === 'transcribing') signals.transcribing = message.value;
    else if (message.name === 'connected') signals.connected = message.value;
    else if (message.name === 'recording') signals.recording = message.value;
    else if (message.name === 'sight') signals.isBlind = message.value.isBlind;
  }

  /**
   * Gives a command; resolves once it stands or is refused, however long the network takes. Never
   * rejects. Commands about the present moment (`floor.*`, start to end) are given up as
   * `unavailable` after 15 s.
   */
  function send<Name extends CommandName>(
    name: Name,
    payload: CommandPayload<Name>,
  ): Promise<CommandOutcome> {
    if (open) return open.outbox.add(name, payload);
    return Promise.resolve({ ok: false, error: { code: 'unavailable' } });
  }

  /** Hears how each command went, also those given before a reload. Returns how to stop. */
  function onSettled(listener: (event: OutboxEvents['settled']) => void): () => void {
    settledListeners.add(listener);
    return () => settledListeners.delete(listener);
  }

  return {
    ...boards,
    connect,
    disconnect,
    lastHeardAt: readonly(lastHeardAt),
    media,
    now: () => open?.connection.clock.now() ?? Date.now(),
    onSettled,
    /** Says which question this page has open, `null` for none. */
    openEntry: (questionId: string | null) => open?.connection.openEntry(questionId),
    /** Says which line of the transcript this page has open, `null` for none. */
    openLine: (lineId: string | null) => open?.connection.openLine(lineId),
    pending: computed(() => waiting.value.length),
    /** Tells what this page of a hall measured; resolves to whether it was taken. */
    reportHealth: (report: HealthReport) =>
      open?.connection.reportHealth(report) ?? Promise.resolve(false),
    send,
    session: shallowReadonly(session),
    signals: shallowReadonly(signals),
    /** By which the server tells this page from others; `null` while there is no connection. */
    socketId: () => open?.connection.socketId ?? null,
    status: readonly(status),
    /** Says what this page types, `null` when it types no more. */
    tellTyping: (request: TypingRequest) => open?.connection.tellTyping(request),
    waiting: shallowReadonly(waiting),
  };
});
