/** Two soft notes, in Hz, and how long each sounds, in s. */
const notesHz = [660, 880] as const;
const noteSeconds = 0.35;
const loudness = 0.06;

/**
 * A soft sound that a turn's time is nearly up. Silent until somebody has touched the page, as
 * browsers want it, and where there is no sound machine.
 */
export function playChime(): void {
  if (!window.navigator.userActivation?.hasBeenActive || !('AudioContext' in window)) return;
  const context = new AudioContext();
  notesHz.forEach((frequency, place) => {
    const from = context.currentTime + place * noteSeconds;
    const gain = context.createGain();
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(loudness, from + 0.03);
    gain.gain.exponentialRampToValueAtTime(0.0001, from + noteSeconds);
    const note = new OscillatorNode(context, { frequency, type: 'sine' });
    note.connect(gain).connect(context.destination);
    note.start(from);
    note.stop(from + noteSeconds);
    if (place === notesHz.length - 1) note.onended = () => void context.close();
  });
}
