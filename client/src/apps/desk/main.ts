import '../../styles/desk.css';
import icons from '@nuxt/ui/runtime/vue/plugins/icons.js';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { createLocales } from '../../locales/i18n.ts';
import { startBeat } from '../../ui/beat.ts';
import App from './App.vue';
import { messageLoaders } from './locales.ts';
import { createDeskRouter } from './router.ts';

const locales = await createLocales(messageLoaders);

// Of the component library's plugins only the icons: the one for colours writes a <style> element.
createApp(App)
  .use(createPinia())
  .use(locales)
  .use(icons)
  .use(createDeskRouter((key) => locales.t(key)))
  .mount('#app');
startBeat();
