import type { FeedTier } from '@nhip-cau/shared/protocol/media';

/**
 * The domain's port to the media: the stage says what should be, the media make it so. Services
 * never call the SFU themselves.
 */

export type { FeedTier };

/** What the log says the stage's media should be. A bridge point that is not listed is on standby. */
export interface DesiredStage {
  readonly feeds: ReadonlyMap<string /* bridgePointId */, FeedTier>;
  /** The bridge point whose screen is on the stage. */
  readonly screen: string | null;
  /** Open private lines: bridge point → the account that talks with it. */
  readonly lines: ReadonlyMap<string /* bridgePointId */, string /* accountId */>;
  /** Bridge points whose microphone a person at the desk has closed: it stays so, also on air. */
  readonly muted: ReadonlySet<string /* bridgePointId */>;
}

export interface StageMedia {
  /**
   * Makes the dialogue's media what `desired` says; resolves when it is so. Idempotent. A newer
   * call supersedes an older one at once: a microphone that the newest stage has closed is closed
   * before anything else happens, whatever an older pass is still doing.
   */
  reconcile(dialogueId: string, desired: DesiredStage): Promise<void>;
  /** Closes everything of the dialogue, which has ended, and forgets its stage. Idempotent. */
  closeDialogue(dialogueId: string): Promise<void>;
}
