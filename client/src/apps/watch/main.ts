import '../../styles/base.css';
import './watch.css';
import type { BroadcastAbout } from '@nhip-cau/shared/protocol/recording';
import { BroadcastPlayer, type PlayerState } from '../../core/broadcast/player.ts';
import { initialLocale } from '../../locales/locale.ts';
import { followCaptions } from './captions.ts';

/* A page for anybody: no account, no framework, one small script. */

const locale = initialLocale(location.search, () => localStorage);
const { default: words } = await (locale === 'vi'
  ? import('../../locales/vi/watch.ts')
  : import('../../locales/en/watch.ts'));
const code = decodeURIComponent(location.pathname.split('/').at(-1) ?? '').toUpperCase();
const base = `/hls/${encodeURIComponent(code)}/`;

const element = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const video = element<HTMLVideoElement>('video');
const notice = element('notice');
const sound = element<HTMLButtonElement>('sound');

document.documentElement.lang = locale;
element('title').textContent = words.title;
notice.textContent = words.loading;
sound.textContent = words.sound;
// Browsers let no page begin with sound: a person turns it on.
sound.addEventListener('click', () => {
  video.muted = false;
  video.controls = true;
  sound.hidden = true;
});

let isTold = false;
async function tellTitle(): Promise<void> {
  const answer = await fetch(`${base}about.json`);
  if (!answer.ok || isTold) return;
  const { title, organiser } = (await answer.json()) as BroadcastAbout;
  isTold = true;
  document.title = `${title} · ${words.title}`;
  element('title').textContent = title;
  element('organiser').textContent = organiser;
}

const notices: Record<PlayerState, string> = {
  waiting: words.waiting,
  playing: '',
  ended: words.ended,
  unsupported: words.unsupported,
};
const player = new BroadcastPlayer(video, base, (state) => {
  notice.textContent = notices[state];
  sound.hidden = state !== 'playing' || !video.muted;
  if (state === 'playing') {
    tellTitle().catch(() => {
      // The picture matters more than its name; it is asked for again with the next state.
    });
  }
});
followCaptions({ video, player, base, words, place: element('captions') });
await player.play();
