import { createRouter, createWebHistory } from 'vue-router';
import type { RouteLocationNormalized, RouteRecordRaw, Router } from 'vue-router';
import { useSessionStore } from '../../stores/session.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** Locale key of the page's name, for the window's title. */
    title: string;
    /** Fills the window: no bar above it, nothing to leave by in the middle of a dialogue. */
    bare?: boolean;
    /** Opens without a signed-in account. */
    open?: boolean;
  }
}

export const deskRoutes: RouteRecordRaw[] = [
  {
    path: '/',
    name: 'home',
    component: () => import('./pages/home/HomePage.vue'),
    meta: { title: 'desk.home' },
  },
  {
    path: '/sign-in',
    name: 'signIn',
    component: () => import('./pages/people/SignInPage.vue'),
    meta: { title: 'people.title.signIn', open: true },
  },
  {
    path: '/password',
    name: 'password',
    component: () => import('./pages/people/PasswordPage.vue'),
    meta: { title: 'people.title.password' },
  },
  {
    path: '/pair',
    name: 'pair',
    component: () => import('./pages/people/PairPage.vue'),
    meta: { title: 'people.title.pair', open: true },
  },
  {
    path: '/dialogues/:dialogueId/host',
    name: 'host',
    component: () => import('./pages/host/HostPage.vue'),
    meta: { title: 'host.title', bare: true },
  },
  {
    path: '/dialogues/:dialogueId/queue',
    name: 'queue',
    component: () => import('./pages/secretary/QueuePage.vue'),
    meta: { title: 'secretary.title', bare: true },
  },
  {
    path: '/dialogues/:dialogueId/wall',
    name: 'wall',
    component: () => import('./pages/operator/WallPage.vue'),
    meta: { title: 'operator.title', bare: true },
  },
  {
    path: '/dialogues/:dialogueId/roll-call',
    name: 'rollCall',
    component: () => import('./pages/rehearsal/RollCallPage.vue'),
    meta: { title: 'rehearsal.title' },
  },
  {
    path: '/dialogues/:dialogueId/setup',
    name: 'setup',
    component: () => import('./pages/setup/SetupPage.vue'),
    meta: { title: 'admin.title.setup' },
  },
  {
    path: '/dialogues/:dialogueId/posters',
    name: 'posters',
    component: () => import('./pages/setup/PostersPage.vue'),
    meta: { title: 'admin.title.posters', bare: true },
  },
  {
    path: '/dialogues/:dialogueId/attendance',
    name: 'attendance',
    component: () => import('./pages/attendance/AttendancePage.vue'),
    meta: { title: 'attendance.title' },
  },
  {
    path: '/dialogues/:dialogueId/record',
    name: 'record',
    component: () => import('./pages/record/RecordPage.vue'),
    meta: { title: 'record.title' },
  },
  {
    path: '/dialogues/:dialogueId/recording',
    name: 'recording',
    component: () => import('./pages/recording/RecordingPage.vue'),
    meta: { title: 'recording.title' },
  },
  {
    path: '/dialogues/:dialogueId/steno',
    name: 'steno',
    component: () => import('./pages/steno/StenoPage.vue'),
    meta: { title: 'steno.title' },
  },
  {
    path: '/dialogues/:dialogueId/transcript',
    name: 'transcript',
    component: () => import('./pages/transcript/TranscriptPage.vue'),
    meta: { title: 'transcript.title', bare: true },
  },
  {
    path: '/search',
    name: 'search',
    component: () => import('./pages/search/SearchPage.vue'),
    meta: { title: 'search.title' },
  },
  {
    path: '/dialogues/:dialogueId/import-questions',
    name: 'importQuestions',
    component: () => import('./pages/intake/ImportQuestionsPage.vue'),
    meta: { title: 'intake.title' },
  },
  {
    path: '/dialogues/:dialogueId/fairness',
    name: 'fairness',
    component: () => import('./pages/fairness/FairnessPage.vue'),
    meta: { title: 'fairness.title' },
  },
  {
    path: '/dialogues/:dialogueId/briefing',
    name: 'briefing',
    component: () => import('./pages/briefing/BriefingPage.vue'),
    meta: { title: 'briefing.title', bare: true },
  },
  {
    path: '/admin/dialogues',
    name: 'dialogues',
    component: () => import('./pages/admin/DialoguesPage.vue'),
    meta: { title: 'admin.title.dialogues' },
  },
  {
    path: '/admin/dialogues/new',
    name: 'newDialogue',
    component: () => import('./pages/admin/CreateDialoguePage.vue'),
    meta: { title: 'admin.dialogues.create' },
  },
  {
    path: '/admin/accounts',
    name: 'accounts',
    component: () => import('./pages/admin/AccountsPage.vue'),
    meta: { title: 'admin.title.accounts' },
  },
  {
    path: '/admin/sessions',
    name: 'sessions',
    component: () => import('./pages/admin/SessionsPage.vue'),
    meta: { title: 'admin.title.sessions' },
  },
  {
    path: '/hall/:bridgePointId',
    name: 'hall',
    component: () => import('./pages/moderator/HallPage.vue'),
    // For a hall's computer, not an account: the page asks who this browser is.
    meta: { title: 'moderator.title', bare: true, open: true },
  },
  {
    path: '/:path(.*)*',
    name: 'notFound',
    component: () => import('./pages/NotFoundPage.vue'),
    meta: { title: 'desk.notFound.title', open: true },
  },
];

/** The staff pages' router under `/desk/`; `translate` names the window after the page. */
export function createDeskRouter(translate: (key: string) => string): Router {
  const router = createRouter({ history: createWebHistory('/desk/'), routes: deskRoutes });
  router.beforeEach(requireAccount);
  router.afterEach((to) => {
    document.title = `${translate(to.meta.title)} · ${translate('common.appName')}`;
  });
  return router;
}

/** Where to go instead when a page needs an account, or a password of the person's own first. */
async function requireAccount(to: RouteLocationNormalized) {
  if (to.meta.open) return true;
  const session = useSessionStore();
  const query = { next: to.fullPath };
  try {
    if (!session.isLoaded) await session.load();
  } catch {
    // The sign-in page asks again and says what is wrong.
    return { name: 'signIn', query };
  }
  if (session.account === null) return { name: 'signIn', query };
  if (session.account.mustChangePassword && to.name !== 'password') {
    return { name: 'password', query };
  }
  return true;
}
