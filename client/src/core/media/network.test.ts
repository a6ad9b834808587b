import { describe, expect, it } from 'vitest';
import { watchNetwork } from './network.ts';

class Connection extends EventTarget {
  type: string | undefined = 'wifi';

  become(type: string): void {
    this.type = type;
    this.dispatchEvent(new Event('change'));
  }
}

describe('the network', () => {
  it('changes when the page comes online and when its kind is another one', () => {
    const page = new EventTarget();
    const connection = new Connection();
    let changes = 0;
    const end = watchNetwork(() => (changes += 1), { page, connection });
    page.dispatchEvent(new Event('online'));
    expect(changes).toBe(1);
    connection.become('ethernet');
    expect(changes).toBe(2);
    connection.become('ethernet');
    connection.become('none');
    expect(changes).toBe(2);
    connection.become('wifi');
    expect(changes).toBe(3);
    end();
    connection.become('ethernet');
    page.dispatchEvent(new Event('online'));
    expect(changes).toBe(3);
  });

  it('is watched without a browser that tells its kind', () => {
    const page = new EventTarget();
    let changes = 0;
    watchNetwork(() => (changes += 1), { page, connection: undefined });
    page.dispatchEvent(new Event('online'));
    expect(changes).toBe(1);
  });
});
