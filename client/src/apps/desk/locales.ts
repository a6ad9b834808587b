import type { MessageLoaders } from '../../locales/i18n.ts';

export const messageLoaders: MessageLoaders = {
  vi: () => import('./messages.vi.ts'),
  en: () => import('./messages.en.ts'),
};
