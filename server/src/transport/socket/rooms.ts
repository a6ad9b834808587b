import type { Receivers } from './fan-out.ts';
import type { GatewaySocket } from './gateway-socket.ts';

/** Sockets of one audience of one dialogue that are told one after the other. */
export class RoomPart implements Receivers {
  readonly name: string;
  private readonly sockets = new Set<GatewaySocket>();
  /** Grows whenever somebody comes or goes. */
  version = 0;
  private list: readonly GatewaySocket[] | null = null;

  constructor(name: string) {
    this.name = name;
  }

  get size(): number {
    return this.sockets.size;
  }

  /** Those that are in it now. A list stays as it is; for whoever comes or goes there is a new one. */
  members(): readonly GatewaySocket[] {
    return (this.list ??= [...this.sockets]);
  }

  has(socket: GatewaySocket): boolean {
    return this.sockets.has(socket);
  }

  add(socket: GatewaySocket): void {
    this.handleChange();
    this.sockets.add(socket);
  }

  delete(socket: GatewaySocket): void {
    this.handleChange();
    this.sockets.delete(socket);
  }

  private handleChange(): void {
    this.version += 1;
    this.list = null;
  }
}

/** The sockets of one audience of one dialogue. */
export class Room {
  readonly name: string;
  private readonly halls: RoomPart;
  private readonly phones: RoomPart;
  /**
   * Staff and the halls' computers come first: a whole hall looks at one screen. Each part is told
   * at its own pace, so that what is worthless a second later comes to hundreds of screens several
   * times a second, whatever it costs to tell thousands of phones.
   */
  readonly parts: readonly RoomPart[];

  constructor(name: string) {
    this.name = name;
    this.halls = new RoomPart(name);
    this.phones = new RoomPart(name);
    this.parts = [this.halls, this.phones];
  }

  get size(): number {
    return this.halls.size + this.phones.size;
  }

  add(socket: GatewaySocket): void {
    this.partOf(socket).add(socket);
  }

  delete(socket: GatewaySocket): void {
    this.partOf(socket).delete(socket);
  }

  private partOf({ data: { actor } }: GatewaySocket): RoomPart {
    return actor.kind === 'person' ? this.phones : this.halls;
  }
}

/** Who is in which room. A room exists as long as somebody is in it. */
export class Rooms {
  private readonly byName = new Map<string, Room>();

  get(name: string): Room | undefined {
    return this.byName.get(name);
  }

  /** The socket is in these rooms from now on and in no others. */
  assign(socket: GatewaySocket, names: readonly string[]): void {
    for (const room of [...socket.rooms]) if (!names.includes(room.name)) this.take(socket, room);
    for (const name of names) {
      if (socket.rooms.some((room) => room.name === name)) continue;
      const room = this.byName.get(name) ?? new Room(name);
      this.byName.set(name, room);
      room.add(socket);
      socket.rooms.push(room);
    }
  }

  private take(socket: GatewaySocket, room: Room): void {
    room.delete(socket);
    socket.rooms.splice(socket.rooms.indexOf(room), 1);
    if (room.size === 0) this.byName.delete(room.name);
  }
}
