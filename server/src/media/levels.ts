import type { types } from 'mediasoup';

/** How often levels are told, in ms. */
const intervalMs = 500;
/** Below this a hall is quiet, in dBov. */
const thresholdDbov = -70;
/** More halls than are ever on stage at once. */
const maxEntries = 16;

export interface SpeechLevel {
  bridgePointId: string;
  levelDbov: number;
}

/** Observes the microphones added to it, told apart by their `appData.bridgePointId`. */
export async function watchLevels(
  router: types.Router,
  onLevels: (levels: SpeechLevel[]) => void,
): Promise<types.AudioLevelObserver> {
  const observer = await router.createAudioLevelObserver({
    interval: intervalMs,
    threshold: thresholdDbov,
    maxEntries,
  });
  observer.on('volumes', (volumes) => {
    onLevels(
      volumes.map(({ producer, volume }) => ({
        bridgePointId: String(producer.appData['bridgePointId']),
        levelDbov: volume,
      })),
    );
  });
  observer.on('silence', () => onLevels([]));
  return observer;
}
