import type { Action } from '@nhip-cau/shared/model/permissions';
import { commandEnvelope } from '@nhip-cau/shared/protocol/commands';
import { mediaRequests } from '@nhip-cau/shared/protocol/media';
import {
  audioRtpParameters,
  dtlsParameters,
  mediaId,
  rtpCapabilities,
  videoRtpParameters,
} from '@nhip-cau/shared/protocol/media-rtp';
import { healthReport } from '@nhip-cau/shared/protocol/health';
import { syncRequest } from '@nhip-cau/shared/protocol/socket';
import type { z } from 'zod';
import { code, type Sections, table } from './fill.ts';
import { fieldTable } from './protocol-commands.ts';
import { fieldsOf, typeText } from './schema-text.ts';
import { commentsIn, declarations, membersOf } from './source.ts';
import { whoMay } from './who.ts';

/** Shapes that media requests share, each shown on its own. */
const rtpShapes = {
  rtpCapabilities,
  dtlsParameters,
  audioRtpParameters,
  videoRtpParameters,
};
const rtpNames = new Map<z.ZodType, string>([
  [mediaId, 'mediaId'],
  ...Object.entries(rtpShapes).map(([name, schema]) => [schema, name] as const),
]);

function boards(): string {
  const parts = membersOf('facts', 'Boards').map(({ name, type }) => {
    const rows = membersOf('facts', type).map((collection) => [
      code(collection.name),
      code(collection.type),
    ]);
    const reads = whoMay(`audience.${name}` as Action);
    return [`### ${name}`, `Read by: ${reads}.`, table(['collection', 'fact'], rows)].join('\n\n');
  });
  return parts.join('\n\n');
}

function facts(): string {
  const shown = new Set<string>();
  for (const { type } of membersOf('facts', 'Boards')) {
    for (const fact of membersOf('facts', type)) shown.add(fact.type);
  }
  return declarations('facts', 'StageTurn', 'NextHall', 'CaptionSpeaker', ...shown);
}

function socketEvents(): string {
  const no = () => undefined;
  return [
    '### From the client',
    declarations('socket', 'ClientEvents'),
    'The envelope of `command`:',
    fieldTable(fieldsOf(commandEnvelope), no),
    'The request of `sync`:',
    fieldTable(fieldsOf(syncRequest), no),
    'The request of `health`, of a hall’s pages:',
    fieldTable(fieldsOf(healthReport), no),
    'The answers:',
    declarations('commands', 'CommandOutcome'),
    declarations('socket', 'SyncAnswer', 'SyncedAudience'),
    declarations('errors', 'ProtocolError'),
    '### From the server',
    declarations('socket', 'ServerEvents'),
    declarations('facts', 'Delivery', 'Put'),
  ].join('\n\n');
}

function media(): string {
  const comments = commentsIn('media');
  const rows = Object.entries(mediaRequests).map(([name, { request }]) => [
    code(name),
    code(typeText(request, rtpNames)),
    comments.get(name) ?? '',
  ]);
  const shapes = Object.entries(rtpShapes).flatMap(([name, schema]) => [
    `#### ${code(name)}`,
    fieldsOf(schema, rtpNames)
      .map(({ name, optional, type }) => `- ${code(`${name}${optional ? '?' : ''}: ${type}`)}`)
      .join('\n'),
  ]);
  return [
    table(['request', 'payload', ''], rows),
    `To publish: ${whoMay('media.publish')}. To receive: ${whoMay('media.receive')}.`,
    `\`mediaId\` is ${code(typeText(mediaId))}.`,
    '### Answers',
    declarations('media', 'MediaResponses', 'TransportParameters'),
    '### Notifications',
    declarations('media', 'MediaNotifications'),
    '### What a browser may say of RTP',
    ...shapes,
  ].join('\n\n');
}

export const liveSections: Sections = {
  boards,
  facts,
  'socket-events': socketEvents,
  signals: () =>
    declarations(
      'signals',
      'Signals',
      'BridgePointPresence',
      'Handling',
      'SpokenLine',
      'TranscribingSignal',
      'SignalMessage',
    ),
  media,
};
