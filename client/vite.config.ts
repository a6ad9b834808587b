import { fileURLToPath } from 'node:url';
import ui from '@nuxt/ui/vite';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));

/** The desk's component library, with Tailwind. */
const library = () =>
  ui({
    root,
    // Imports are written out, so that a reader finds where a name comes from.
    autoImport: false,
    components: false,
    dts: false,
    // The desk is light; the screen's dark set hangs on `data-theme`.
    colorMode: false,
    // Icons come from the installed collection: no page may ask the web for one.
    icon: { clientBundle: { scan: true, sizeLimitKb: 64 } },
    experimental: { componentDetection: true },
  });

/** The entry itself, words, and what only the other pages need or comes when it is asked for. */
const apart =
  /main\.ts|\.html|\/(form|lookup|peers)\/[A-Z]|hall-search|useForm|AttachmentPicker|FileLinks|FileRow|CaptionTools|plain-text|track-name|SlideView|DeckPage|PublicPage|PushToggle|usePush|model\/text|\/locales\/(vi|en)\/|messages\.(vi|en)/;

/**
 * What a phone needs in its hall, in one file: cut up by what the other pages share of it, it would
 * be a seventh larger and come in seven.
 */
const phoneGroup = {
  name: 'hall',
  test: (id: string) => !apart.test(id),
};

/**
 * Two builds into one folder: desk and screen, then `--mode phone`. Built together, the phone would
 * carry whatever of Vue the desk uses, in a dozen files.
 */
export default defineConfig(({ mode }) => ({
  root,
  appType: 'mpa',
  plugins: mode === 'phone' ? [vue()] : [vue(), library()],
  define: {
    __VUE_OPTIONS_API__: mode === 'phone' ? 'false' : 'true',
    // The phone brings a compiler of messages of its own, a few lines long.
    __INTLIFY_DROP_MESSAGE_COMPILER__: mode === 'phone' ? 'true' : 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  build: {
    outDir: 'dist',
    emptyOutDir: mode !== 'phone',
    manifest: mode === 'phone' ? '.vite/phone.json' : '.vite/manifest.json',
    // `data:` addresses would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: (mode === 'phone' ? ['phone'] : ['desk', 'screen', 'watch']).map(
        (page) => `${root}${page}.html`,
      ),
      ...(mode === 'phone' && { output: { codeSplitting: { groups: [phoneGroup] } } }),
    },
  },
}));
