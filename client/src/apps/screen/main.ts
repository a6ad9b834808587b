import '../../styles/base.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { createLocales } from '../../locales/i18n.ts';
import { startBeat } from '../../ui/beat.ts';
import App from './App.vue';
import { messageLoaders } from './locales.ts';

createApp(App)
  .use(createPinia())
  .use(await createLocales(messageLoaders))
  .mount('#app');
startBeat();
