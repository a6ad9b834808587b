/**
 * The server with one fault put in on purpose: a hall that was once on air stays on air for the
 * media, whatever the log says. The product has no such switch; this program exists so that whoever
 * looks for open microphones can show that they would be found.
 */
import type { FeedTier } from '../../src/dialogue/stage/media-port.ts';
import { MediaService } from '../../src/media/media-service.ts';

const { reconcile } = MediaService.prototype;
const everOnAir = new Set<string>();

MediaService.prototype.reconcile = function (dialogueId, desired) {
  const feeds = new Map<string, FeedTier>(desired.feeds);
  for (const [bridgePointId, tier] of feeds) if (tier === 'onAir') everOnAir.add(bridgePointId);
  for (const bridgePointId of everOnAir) feeds.set(bridgePointId, 'onAir');
  return reconcile.call(this, dialogueId, { ...desired, feeds });
};

process.stderr.write('FAULT REHEARSAL: this server leaves microphones open\n');
await import('../../src/main.ts');
