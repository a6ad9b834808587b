import type { IconName } from '../../ui/icons/paths.ts';

export const tabs = ['ask', 'hand', 'follow'] as const;

/** The phone's three places. */
export type Tab = (typeof tabs)[number];

export const tabIcons: Record<Tab, IconName> = { ask: 'ask', hand: 'hand', follow: 'captions' };

/** The place that an address's hash names, so that a reload comes back to it. */
export function tabOfHash(hash: string): Tab {
  return tabs.find((tab) => hash === `#${tab}`) ?? 'ask';
}
