import '../../styles/base.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import type { Component } from 'vue';
import { createLocales } from '../../locales/i18n.ts';
import { startBeat } from '../../ui/beat.ts';
import App from './App.vue';
import { messageLoaders } from './locales.ts';
import { pageOf } from './pages.ts';
import { compilePlain } from './plain-messages.ts';

/** The pages outside a dialogue come by themselves: nobody in a hall has to load them. */
async function rootOf(path: string): Promise<[Component, Record<string, string>]> {
  const at = pageOf(path);
  if (at.page === 'form') {
    const { default: FormPage } = await import('./form/FormPage.vue');
    return [FormPage, { dialogueId: at.dialogueId }];
  }
  if (at.page === 'lookUp') {
    const { default: LookUpPage } = await import('./lookup/LookUpPage.vue');
    return [LookUpPage, { code: at.code }];
  }
  return [App, {}];
}

createApp(...(await rootOf(window.location.pathname)))
  .use(createPinia())
  .use(await createLocales(messageLoaders, { messageCompiler: compilePlain }))
  .mount('#app');
startBeat();
