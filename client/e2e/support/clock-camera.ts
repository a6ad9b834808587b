import type { Page } from 'playwright-core';

/** So many bars tell the ticks of a clock that comes round after 54 minutes. */
const bars = 16;
const tickMs = 50;

/**
 * Runs in a page before it opens its camera: what that sees is a clock, bars of black and white
 * that stand for the time in Gray code, so that a picture between two ticks is one of them.
 * Handed over as text, so it may use nothing from outside itself.
 */
function installClockCamera({ bars, tickMs }: { bars: number; tickMs: number }): void {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [640, 360];
  const context = canvas.getContext('2d')!;
  const draw = () => {
    const ticks = Math.floor(Date.now() / tickMs) % 2 ** bars;
    const gray = ticks ^ (ticks >> 1);
    for (let bar = 0; bar < bars; bar += 1) {
      context.fillStyle = (gray >> bar) & 1 ? '#fff' : '#000';
      context.fillRect((bar * 640) / bars, 0, 640 / bars, 360);
    }
  };
  const { mediaDevices } = navigator;
  const real = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await real(constraints);
    if (!constraints?.video) return stream;
    for (const track of stream.getVideoTracks()) {
      stream.removeTrack(track);
      track.stop();
    }
    setInterval(draw, tickMs / 2);
    for (const track of canvas.captureStream(25).getVideoTracks()) stream.addTrack(track);
    return stream;
  };
}

/** From now on this page's camera sees a clock. */
export async function seeClock(page: Page): Promise<void> {
  await page.evaluate(installClockCamera, { bars, tickMs });
}

/** How late the clock in the middle of this page's film is, in ms; `null`: there is none to be read. */
export function clockLatency(page: Page): Promise<number | null> {
  return page.evaluate(
    ({ bars, tickMs }) => {
      const video = document.querySelector('video')!;
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
      if (canvas.width === 0) return null;
      const context = canvas.getContext('2d')!;
      context.drawImage(video, 0, 0);
      const now = Date.now();
      let gray = 0;
      for (let bar = 0; bar < bars; bar += 1) {
        const x = ((bar + 0.5) * canvas.width) / bars;
        const [light] = context.getImageData(x, canvas.height / 2, 1, 1).data;
        if (light! > 90 && light! < 165) return null;
        if (light! >= 165) gray |= 1 << bar;
      }
      let ticks = gray;
      for (let rest = gray >> 1; rest > 0; rest >>= 1) ticks ^= rest;
      const turn = 2 ** bars;
      const late = ((Math.floor(now / tickMs) % turn) - ticks + turn) % turn;
      return late * tickMs;
    },
    { bars, tickMs },
  );
}
