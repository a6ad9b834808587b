import type {
  MediaNotificationName,
  MediaNotifications,
  MediaRequestInput,
  MediaRequestName,
  MediaResponses,
} from '@nhip-cau/shared/protocol/media';

/** How the media speak to the server; the connection implements it. */
export interface Signaller {
  /** Rejects when the server refuses, does not answer in time, or the connection is lost. */
  request<N extends MediaRequestName>(
    name: N,
    payload: MediaRequestInput<N>,
  ): Promise<MediaResponses[N]>;
  /** Gives the function that ends the subscription. */
  on<N extends MediaNotificationName>(
    name: N,
    handler: (payload: MediaNotifications[N]) => void,
  ): () => void;
}
