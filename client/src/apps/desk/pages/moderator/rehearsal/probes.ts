import type { PictureState } from '@nhip-cau/shared/model/health';
import type { Principal } from '@nhip-cau/shared/protocol/socket';
import { echoReadingsPerSecond, hearsItself } from '../../../../../core/health/echo.ts';
import { PictureProbe } from '../../../../../core/health/picture-probe.ts';

const lookEveryMs = 250;
const pictureLooks = 10;
/** As the server's probe is long, in bytes. */
const probeBytes = 512 * 1024;
const probeTimeoutMs = 30_000;
/** People get that long to speak, in ms. */
const speakMs = 12_000;
const loudEnoughDbfs = -45;
const readingMs = 1_000 / echoReadingsPerSecond;
/** Bursts of a test sound: on and off in uneven lengths, in readings. */
const bursts = [6, 5, 9, 4, 5, 8, 7, 5, 10, 4, 6, 6, 8, 5];
const toneHz = 700;
const toneGain = 0.3;

/** Waits, until the signal says that nobody does any more: then it rejects. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}

/** Looks at the camera for a few seconds; the worst that it saw last. */
export async function lookAtPicture(
  track: MediaStreamTrack | null,
  signal: AbortSignal,
): Promise<PictureState> {
  const probe = new PictureProbe();
  try {
    let state: PictureState = 'off';
    for (let look = 0; look < pictureLooks; look += 1) {
      state = probe.look(track);
      await pause(lookEveryMs, signal);
    }
    return state;
  } finally {
    probe.close();
  }
}

/** The loudest that the microphone hears, dBFS: until it is loud enough, or people had their time. */
export async function listen(
  levelDbfs: () => number | null,
  signal: AbortSignal,
): Promise<number | null> {
  let loudest: number | null = null;
  const until = performance.now() + speakMs;
  while (performance.now() < until) {
    const level = levelDbfs();
    if (level !== null) loudest = Math.max(loudest ?? level, level);
    if (loudest !== null && loudest >= loudEnoughDbfs) break;
    await pause(readingMs, signal);
  }
  return loudest;
}

/** Plays bursts of sound and says whether the microphone hears them. */
export async function playAndListen(
  levelDbfs: () => number | null,
  signal: AbortSignal,
): Promise<boolean> {
  const context = new AudioContext();
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  gain.gain.value = 0;
  oscillator.frequency.value = toneHz;
  oscillator.connect(gain).connect(context.destination);
  oscillator.start();
  const played: number[] = [];
  const heard: number[] = [];
  try {
    await context.resume();
    for (const [place, readings] of bursts.entries()) {
      const isOn = place % 2 === 0;
      gain.gain.value = isOn ? toneGain : 0;
      for (let reading = 0; reading < readings; reading += 1) {
        await pause(readingMs, signal);
        played.push(isOn ? -15 : -80);
        heard.push(levelDbfs() ?? -100);
      }
    }
    return hearsItself(played, heard);
  } finally {
    oscillator.stop();
    void context.close();
  }
}

/** What the line to the server carries one way, kbit/s; `null` when it could not be measured. */
export async function measureLine(
  way: 'up' | 'down',
  dialogueId: string,
  principal: Principal,
  signal: AbortSignal,
): Promise<number | null> {
  const path = `/api/dialogues/${dialogueId}/probe`;
  const headers = { 'x-principal': principal };
  const limit = AbortSignal.any([signal, AbortSignal.timeout(probeTimeoutMs)]);
  const body = way === 'up' ? noise(probeBytes) : null;
  const began = performance.now();
  try {
    const response = await fetch(path, {
      method: way === 'up' ? 'POST' : 'GET',
      headers,
      body,
      signal: limit,
      cache: 'no-store',
    });
    await response.arrayBuffer();
    if (!response.ok) return null;
  } catch (error) {
    if (signal.aborted) throw error;
    return null;
  }
  // Bits a millisecond are kilobits a second.
  return (probeBytes * 8) / Math.max(1, performance.now() - began);
}

/** Bytes that nothing on the way can press together. */
function noise(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  const most = 65_536;
  for (let at = 0; at < length; at += most) crypto.getRandomValues(bytes.subarray(at, at + most));
  return bytes;
}
