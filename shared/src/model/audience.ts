/**
 * To whom a fact is told. `everyone`: every session of the dialogue. `desk`: the secretariat and
 * those who work beside it. `host`: the head table. The others name one hall's moderator, the people
 * in one hall's chairs, one hall's screen, one participant.
 */
export type Audience =
  | 'everyone'
  | 'desk'
  | 'host'
  | `bridgePoint:${string}`
  | `hall:${string}`
  | `screen:${string}`
  | `person:${string}`;

export const bridgePointAudience = (id: string) => `bridgePoint:${id}` as const;
export const hallAudience = (id: string) => `hall:${id}` as const;
export const screenAudience = (id: string) => `screen:${id}` as const;
export const personAudience = (id: string) => `person:${id}` as const;
