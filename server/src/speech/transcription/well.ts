import { type EngineOptions, sampleRate, type SpeechEngine } from '../engine.ts';

/** A second of a quiet tone: something to hear, and nothing that is said. */
const tone = Int16Array.from({ length: sampleRate }, (_, at) =>
  Math.round(3_000 * Math.sin((2 * Math.PI * 440 * at) / sampleRate)),
);

/** Whether the engine hears a harmless sound from its beginning to its end. Never rejects. */
export async function isWell(
  engine: SpeechEngine,
  options: EngineOptions,
  signal: AbortSignal,
): Promise<boolean> {
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  const handleAbort = () => fail(new Error('nobody wants to know any more'));
  signal.addEventListener('abort', handleAbort, { once: true });
  if (signal.aborted) handleAbort();
  const listener = {
    handlePartial() {},
    handleFinal() {},
    handleProgress() {},
    handleFailure: fail,
  };
  const opening = Promise.resolve().then(() => engine.open(options, listener));
  try {
    const session = await Promise.race([opening, failed]);
    session.write(tone.slice());
    session.endUtterance();
    await Promise.race([session.finish(), failed]);
    return true;
  } catch {
    return false;
  } finally {
    signal.removeEventListener('abort', handleAbort);
    // It may stand only when nobody wants it any more.
    opening.then((session) => session.close()).catch(() => {});
  }
}
