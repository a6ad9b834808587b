import type { MediaNotifications, MediaSource } from '@nhip-cau/shared/protocol/media';
import {
  addFigures,
  noFigures,
  PictureReception,
  type Reception,
  type ReceptionFigures,
  SoundReception,
} from './reception.ts';
import { isRtcp, nackPacket, pliPacket, readRtcp, readRtp, receiverReport } from './rtp.ts';

export interface ReceptionHandlers {
  /** A whole picture that a decoder could show. */
  readonly onFrame: (source: MediaSource, bridgePointId: string) => void;
  readonly onSound: (source: MediaSource, bridgePointId: string) => void;
}

/** All that was received, by kind. */
export interface Totals {
  pictures: ReceptionFigures;
  sounds: ReceptionFigures;
}

interface Received {
  readonly bridgePointId: string;
  readonly source: MediaSource;
  readonly consumerId: string;
  readonly reception: Reception;
  flowing: boolean;
  flowingSince: number;
}

const senderSsrc = 1;
const reportEveryMs = 1_000;

/** What a bridge point receives over one transport: its consumers, told apart by their numbers. */
export class Receptions {
  readonly #handlers: ReceptionHandlers;
  readonly #send: (packet: Buffer) => void;
  readonly #received = new Map<number, Received>();
  readonly #senderReports = new Map<number, { ntpMiddle: number; at: number }>();
  /** Of consumers that are closed. */
  readonly #past: Totals = { pictures: noFigures(), sounds: noFigures() };
  #nextReportAt = 0;

  /** `send`: takes what is told to the server. */
  constructor(handlers: ReceptionHandlers, send: (packet: Buffer) => void) {
    this.#handlers = handlers;
    this.#send = send;
  }

  /** False for an offer that has no number to know its packets by. */
  accept(offer: MediaNotifications['media:consumer']): boolean {
    const { bridgePointId, source, kind, consumerId } = offer;
    const ssrc = offer.rtpParameters.encodings?.[0]?.ssrc;
    if (ssrc === undefined) return false;
    const reception =
      kind === 'audio'
        ? new SoundReception()
        : new PictureReception(() => this.#handlers.onFrame(source, bridgePointId));
    const flowingSince = performance.now();
    const received = { bridgePointId, source, consumerId, reception, flowing: false, flowingSince };
    this.#received.set(ssrc, received);
    return true;
  }

  handleState({ closed = [], consumers }: MediaNotifications['media:consumerState']): void {
    this.end(closed);
    for (const { consumerId, paused } of consumers) this.#setFlowing(consumerId, !paused);
  }

  end(consumerIds: readonly string[]): void {
    for (const [ssrc, received] of this.#received) {
      if (consumerIds.includes(received.consumerId)) this.#end(ssrc, received);
    }
  }

  endAll(): void {
    for (const [ssrc, received] of this.#received) this.#end(ssrc, received);
  }

  /** RTP or RTCP as it came. */
  take(bytes: Buffer): void {
    if (isRtcp(bytes)) {
      for (const message of readRtcp(bytes)) {
        if (message.kind !== 'senderReport') continue;
        const { ntpMiddle } = message;
        this.#senderReports.set(message.ssrc, { ntpMiddle, at: performance.now() });
      }
      return;
    }
    const packet = readRtp(bytes);
    const received = packet ? this.#received.get(packet.ssrc) : undefined;
    if (!packet || !received) return;
    received.reception.take(packet, performance.now());
    if (received.reception instanceof SoundReception) {
      this.#handlers.onSound(received.source, received.bridgePointId);
    }
  }

  /** Asks for what is missing and reports; call it regularly. */
  tick(now: number): void {
    for (const [ssrc, { reception, flowing }] of this.#received) {
      if (!flowing) continue;
      const { again, keyFrame } = reception.requests(now);
      if (again.length > 0) this.#send(nackPacket(senderSsrc, ssrc, again));
      if (keyFrame) this.#send(pliPacket(senderSsrc, ssrc));
    }
    if (now < this.#nextReportAt) return;
    this.#nextReportAt = now + reportEveryMs;
    this.#report(now);
  }

  /** Whether something should have come within these ms. */
  isExpecting(now: number, ms: number): boolean {
    return [...this.#received.values()].some(
      ({ flowing, flowingSince }) => flowing && now - flowingSince > ms,
    );
  }

  /** All that was received, of consumers that stand and of those that are closed. */
  totals(): Totals {
    const totals = { ...this.#past };
    for (const received of this.#received.values()) addTo(totals, received);
    return totals;
  }

  #setFlowing(consumerId: string, flowing: boolean): void {
    for (const received of this.#received.values()) {
      if (received.consumerId !== consumerId || received.flowing === flowing) continue;
      received.flowing = flowing;
      received.flowingSince = performance.now();
      received.reception.restart();
    }
  }

  #end(ssrc: number, received: Received): void {
    this.#received.delete(ssrc);
    addTo(this.#past, received);
  }

  #report(now: number): void {
    const reports = [...this.#received]
      .filter(([, { flowing }]) => flowing)
      .map(([ssrc, { reception }]) => {
        const { ntpMiddle = 0, at = now } = this.#senderReports.get(ssrc) ?? {};
        return { ssrc, ...reception.report(), ntpMiddle, sinceMs: now - at };
      });
    if (reports.length > 0) this.#send(receiverReport(senderSsrc, reports));
  }
}

function addTo(totals: Totals, { reception }: Received): void {
  const kind = reception instanceof SoundReception ? 'sounds' : 'pictures';
  totals[kind] = addFigures(totals[kind], reception.figures);
}
