import helmet from 'helmet';
import type { RequestHandler } from 'express';

/** The desk's component library sets styles on elements through the DOM, which `self` allows. */
const styleSources = ["'self'"];

/** Security headers of every answer. `publicUrl` as browsers use it, if it is known. */
export function securityHeaders(publicUrl: string | undefined): RequestHandler {
  const isHttps = publicUrl?.startsWith('https:') ?? false;
  const socket = publicUrl?.replace(/^http/, 'ws');
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        styleSrc: styleSources,
        // `self` covers the WebSocket of the same host (CSP 3); older engines need its address.
        connectSrc: ["'self'", ...(socket === undefined ? [] : [socket])],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
      },
    },
    strictTransportSecurity: isHttps && { maxAge: 31_536_000, includeSubDomains: false },
    // Not `no-referrer`: with that some engines send `Origin: null` with our own requests.
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
}
