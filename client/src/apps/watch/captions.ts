import { spokenTrack } from '@nhip-cau/shared/model/transcript';
import type { BroadcastCaptions } from '@nhip-cau/shared/protocol/recording';
import { CaptionTracks, noCaptions } from '../../core/broadcast/caption-tracks.ts';
import type { BroadcastPlayer } from '../../core/broadcast/player.ts';
import { browserStorage } from '../../core/connection/outbox-shelf.ts';
import { trackName } from '../../core/captions/track-name.ts';

/** How often captions are asked for while the picture is seen, in ms. */
const askMs = 1_000;
const choiceKey = 'nhip-cau.watch-captions';

export interface FollowCaptionsOptions {
  video: HTMLVideoElement;
  player: Pick<BroadcastPlayer, 'playingAt'>;
  /** The folder of the broadcast, with a slash at its end. */
  base: string;
  words: Record<'captions' | 'captionsOff' | 'leader', string>;
  /** Where the viewer chooses. */
  place: HTMLElement;
}

/** Shows captions in the video for as long as the page stands, as the viewer chose last. */
export function followCaptions({ video, player, base, words, place }: FollowCaptionsOptions): void {
  const storage = browserStorage();
  place.setAttribute('aria-label', words.captions);
  const keep = (choice: string) => {
    try {
      storage.setItem(choiceKey, choice);
    } catch {
      // No room left: it holds for this visit.
    }
  };
  const tracks = new CaptionTracks(video, {
    leader: words.leader,
    choice: storage.getItem(choiceKey) ?? spokenTrack,
    onChoice: keep,
    onChange(names, shown) {
      place.hidden = false;
      for (const choice of [noCaptions, ...names]) {
        const known = [...place.children].find((one) => one.id === `captions-${choice}`);
        (known ?? button(choice)).setAttribute('aria-pressed', String(choice === shown));
      }
    },
  });

  function button(choice: string): HTMLButtonElement {
    const made = document.createElement('button');
    made.id = `captions-${choice}`;
    made.type = 'button';
    if (choice === noCaptions) made.textContent = words.captionsOff;
    else {
      made.textContent = trackName(choice);
      made.lang = choice;
    }
    made.addEventListener('click', () => tracks.choose(choice));
    place.append(made);
    return made;
  }

  async function ask(): Promise<void> {
    if (player.playingAt() === null) return;
    // Held by the browser and asked for by its tag: mostly nothing comes.
    const answer = await fetch(`${base}captions.json`, { cache: 'no-cache' });
    if (!answer.ok) return;
    const { captions } = (await answer.json()) as BroadcastCaptions;
    const playingAt = player.playingAt();
    if (playingAt !== null) tracks.update(captions, playingAt);
  }

  const askAgain = () => {
    ask()
      .catch(() => {
        // The line is gone for a moment; the player says so where it matters.
      })
      .finally(() => setTimeout(askAgain, askMs));
  };
  askAgain();
}
