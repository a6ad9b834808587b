import type { types } from 'mediasoup';
import type { DtlsParameters } from '@nhip-cau/shared/protocol/media-rtp';
import type { IceParameters, TransportParameters } from '@nhip-cau/shared/protocol/media';
import type { MediaWorker } from './workers.ts';

export type TransportDirection = 'send' | 'recv';

/** A server-side transport with what its client needs to reach it. */
export interface PeerTransport {
  readonly transport: types.Transport;
  readonly parameters: TransportParameters;
  connect(dtlsParameters: DtlsParameters): Promise<void>;
  restartIce(): Promise<IceParameters>;
}

/** Makes the transports of a room's peers; browsers speak WebRTC, tests also plain RTP. */
export type TransportOpener = (
  worker: MediaWorker,
  router: types.Router,
  direction: TransportDirection,
) => Promise<PeerTransport>;

/** Three simulcast layers, sound and retransmissions, with room to spare; in bit/s. */
const maxIncomingBitrateBps = 3_000_000;
/** Where the estimator starts, so that the first second of a turn is not a stamp; in bit/s. */
const initialOutgoingBitrateBps = 1_000_000;

/** A WebRTC transport on the worker's one WebRtcServer, UDP before TCP. */
export const openWebRtcTransport: TransportOpener = async (worker, router, direction) => {
  const transport = await router.createWebRtcTransport({
    webRtcServer: worker.webRtcServer,
    enableUdp: true,
    enableTcp: true,
    preferUdp: true,
    initialAvailableOutgoingBitrate: initialOutgoingBitrateBps,
  });
  if (direction === 'send') await transport.setMaxIncomingBitrate(maxIncomingBitrateBps);
  const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
  return {
    transport,
    parameters: { id, iceParameters, iceCandidates, dtlsParameters } as TransportParameters,
    connect: (remote) => transport.connect({ dtlsParameters: remote }),
    restartIce: () => transport.restartIce(),
  };
};

/**
 * Tells when ICE or DTLS says that a path is gone, and when it stands again; of transports that have
 * neither, nothing.
 */
export function watchPath(transport: types.Transport, onCutOff: (isCutOff: boolean) => void): void {
  if (!('iceState' in transport)) return;
  const webRtc = transport as types.WebRtcTransport;
  const tell = () => {
    const { dtlsState, iceState } = webRtc;
    const isCutOff = iceState === 'disconnected' || iceState === 'closed' || dtlsState === 'failed';
    onCutOff(isCutOff);
  };
  webRtc.on('icestatechange', tell);
  webRtc.on('dtlsstatechange', tell);
}

/** Whether the path stands; one without ICE and DTLS always does. */
export function stands(transport: types.Transport): boolean {
  if (!('iceState' in transport)) return !transport.closed;
  const { dtlsState, iceState } = transport as types.WebRtcTransport;
  return dtlsState === 'connected' && (iceState === 'connected' || iceState === 'completed');
}
