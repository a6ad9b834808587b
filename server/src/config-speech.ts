import { resolve } from 'node:path';
import { z } from 'zod';

/** Which speech engine, and where it is; docs/speech.md. */
export type EngineChoice =
  | {
      kind: 'sherpa-onnx';
      /** Absolute path of the folder with speech-model.json. */
      dir: string;
    }
  | { kind: 'vosk'; url: string }
  | { kind: 'openai'; url: string; apiKey?: string | undefined; model?: string | undefined }
  | {
      kind: 'command';
      /** Path, or a name on PATH. */
      program: string;
      args: string[];
      wants: 'stream' | 'utterances';
    };

const expected =
  'expected none, sherpa-onnx:FOLDER, vosk:ws://HOST:2700, ' +
  'openai:https://HOST/v1/audio/transcriptions, command:PROGRAM ARGUMENTS or ' +
  'command-per-utterance:PROGRAM ARGUMENTS';

/** The variable SPEECH_ENGINE, and what the speech command takes. */
export const engineChoice = z.string().transform((text, context) => {
  const chosen = parseChoice(text);
  if (chosen !== null) return chosen;
  context.addIssue({ code: 'custom', message: expected });
  return z.NEVER;
});

function parseChoice(text: string): EngineChoice | { kind: 'none' } | null {
  if (text === 'none') return { kind: 'none' };
  const [, kind = '', rest = ''] = /^([a-z-]+):\s*(\S.*)$/s.exec(text) ?? [];
  switch (kind) {
    case 'sherpa-onnx':
      return { kind, dir: resolve(rest) };
    case 'vosk':
      return isAddress(rest, ['ws:', 'wss:']) ? { kind, url: rest } : null;
    case 'openai':
      return isAddress(rest, ['http:', 'https:']) ? { kind, url: rest } : null;
    case 'command':
    case 'command-per-utterance':
      return parseCommand(rest, kind === 'command' ? 'stream' : 'utterances');
    default:
      return null;
  }
}

/** One without a name and password in it, which would stand in the log. */
function isAddress(text: string, protocols: readonly string[]): boolean {
  const url = URL.parse(text);
  return url !== null && protocols.includes(url.protocol) && url.username + url.password === '';
}

/** Words apart by spaces; quotes, single or double, keep spaces together. No shell is involved. */
function parseCommand(text: string, wants: 'stream' | 'utterances'): EngineChoice | null {
  const word = /(?:[^\s"']|"[^"]*"|'[^']*')+/g;
  if (text.replace(word, '').trim() !== '') return null;
  const words = (text.match(word) ?? []).map((one) => one.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
  const [program = '', ...args] = words;
  return program === '' ? null : { kind: 'command', program, args, wants };
}
