import { commands } from '@nhip-cau/shared/protocol/commands';
import type { Route } from '../../server/src/transport/http/route.ts';
import { allRoutes, type Services } from '../../server/src/transport/http/routes/index.ts';
import { code, type Sections, table } from './fill.ts';
import { typeText } from './schema-text.ts';
import { whoMay } from './who.ts';

const names = new Map([[commands['dialogue.create'], 'payload of dialogue.create']]);

/** Every route that a server can have; what stands behind them is not asked. */
export function declaredRoutes(): Route[] {
  return allRoutes({ demo: {} } as Services);
}

function actionText({ action, object }: Route): string {
  if (action === 'public') return 'anybody';
  if (action === 'signedIn') return 'any session';
  return `${code(action)}: ${whoMay(action, object ? undefined : ['any', 'member'])}`;
}

function bodyText({ body, uploadBytes }: Route): string {
  if (uploadBytes !== undefined) return `a file, at most ${uploadBytes / 1_048_576} MiB`;
  return body ? code(typeText(body, names)) : '';
}

function limitText({ limit, guesses }: Route): string {
  const per = ({ points, seconds }: { points: number; seconds: number }) =>
    `${points} in ${seconds} s`;
  return [limit && per(limit), guesses && `${per(guesses)} wrong ones`].filter(Boolean).join('; ');
}

function routes(): string {
  const rows = declaredRoutes().map((route) => [
    code(`${route.method.toUpperCase()} ${route.path}`),
    actionText(route),
    bodyText(route),
    limitText(route),
  ]);
  return table(['route', 'action and who may', 'body', 'limit'], rows);
}

export const routeSections: Sections = { routes };
