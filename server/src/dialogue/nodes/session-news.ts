import type { SessionChange } from '../people/sessions.ts';
import type { Bus } from './ports.ts';

export interface SessionNewsOptions {
  bus: Bus;
  sessions: { handleChanged(change: SessionChange): void; distrust(): void };
  /** Ends the open sockets whose session has ended, as the database knows it. */
  checkSockets: () => void;
}

/** While other nodes are not heard, sessions are believed for so long, in ms. */
const believedMs = 5_000;

/**
 * Brings what one node changed about sessions to the others. While they cannot be heard, and once
 * after that, the database is asked instead: a session that was ended elsewhere ends here too.
 */
export class SessionNews {
  private readonly options: SessionNewsOptions;
  private readonly endListening: () => void;
  private readonly checking: NodeJS.Timeout;

  constructor(options: SessionNewsOptions) {
    this.options = options;
    const { bus, sessions } = options;
    this.endListening = bus.subscribe('sessions', (change) => sessions.handleChanged(change));
    bus.onUp(() => this.check());
    this.checking = setInterval(() => {
      if (!bus.isUp) this.check();
    }, believedMs).unref();
  }

  close(): void {
    this.endListening();
    clearInterval(this.checking);
  }

  private check(): void {
    this.options.sessions.distrust();
    this.options.checkSockets();
  }
}
