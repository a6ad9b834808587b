import type { CommandPayload } from '@nhip-cau/shared/protocol/commands';
import { until } from '@vueuse/core';
import { reactive } from 'vue';
import type { Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { newId } from '../../../../core/connection/new-id.ts';
import { isChange } from './model/draft.ts';
import { asRead } from './model/line.ts';
import type { Line } from './model/line.ts';
import { tokensOf } from './model/pieces.ts';
import type { Span } from './model/pieces.ts';
import type { UseDrafts } from './useDrafts.ts';
import type { UseEdits } from './useEdits.ts';

interface LineActsOptions {
  drafts: UseDrafts;
  edits: UseEdits;
  lineOf(id: string): Line | undefined;
  shown: Readonly<Ref<readonly Line[]>>;
  chosen: Readonly<Ref<Line | null>>;
  cursor: Ref<number | null>;
  isTyping: Ref<boolean>;
  mayEdit: Readonly<Ref<boolean>>;
}

type Attribution = Pick<CommandPayload<'transcript.attribute'>, 'speaker' | 'speakerName'>;

/** The answer to a command may overtake what it changed on the board. */
const settleMs = 5_000;

/** What can be done to one line. Each resolves to whether it stands. */
export function useLineActs(options: LineActsOptions) {
  const { drafts, edits, lineOf, shown, chosen, cursor, isTyping, mayEdit } = options;
  const { t } = useI18n();
  /** Lines whose draft is on its way: what comes back of them is no one else's change. */
  const saving = reactive(new Set<string>());
  const at = ({ id, revision }: Line) => ({ lineId: id, revision });

  /** The line once the board has what was just done to it. */
  async function settled({ id, revision }: Line): Promise<Line | undefined> {
    await until(() => (lineOf(id)?.revision ?? revision) > revision).toBe(true, {
      timeout: settleMs,
    });
    return lineOf(id);
  }

  async function save(line: Line): Promise<boolean> {
    const draft = drafts.of(line.id);
    if (!draft || !isChange(draft, line)) {
      drafts.forget(line.id);
      return true;
    }
    if (saving.has(line.id) || drafts.conflictOf(line)) return false;
    const text = draft.text.trim();
    saving.add(line.id);
    const words = { about: line.id, done: t('transcript.done.edited') };
    const ok = await edits.run('transcript.edit', { ...at(line), text }, words);
    if (ok) {
      const after = await settled(line);
      const typed = drafts.of(line.id)?.text ?? '';
      drafts.forget(line.id);
      // What was typed while it was on its way goes on top of it.
      if (after && typed.trim() !== text) drafts.type(after, typed);
    }
    saving.delete(line.id);
    return ok;
  }

  /** Saves what was typed into the line first; `null` when that does not stand. */
  async function saved(line: Line): Promise<Line | null> {
    if (!mayEdit.value || !(await save(line))) return null;
    return lineOf(line.id) ?? null;
  }

  async function saveAll(): Promise<void> {
    for (const id of drafts.unsaved.value) {
      const line = lineOf(id);
      if (line) await save(line);
    }
  }

  /** At a character of what is typed; without it, before the word that one is at. */
  async function split(line: Line, character: number | null): Promise<boolean> {
    const typed = drafts.of(line.id)?.text ?? line.text;
    const lead = typed.length - typed.trimStart().length;
    const after = await saved(line);
    if (!after) return false;
    const word = cursor.value === null ? undefined : tokensOf(after.text)[cursor.value];
    const place = character === null ? word?.start : character - lead;
    if (place === undefined || !after.text.slice(0, place).trim()) return false;
    if (!after.text.slice(place).trim()) return false;
    const done = t('transcript.done.split');
    const payload = { ...at(after), newLineId: newId(), at: place };
    return edits.run('transcript.split', payload, { about: line.id, done });
  }

  /** The line behind it, where the two can be one: of two sounds they cannot. */
  function nextOf(line: Line): Line | undefined {
    const next = shown.value[shown.value.findIndex(({ id }) => id === line.id) + 1];
    const isOther = next?.audio && line.audio && next.audio.runId !== line.audio.runId;
    return isOther || next?.track !== line.track ? undefined : next;
  }

  async function merge(line: Line): Promise<boolean> {
    const next = nextOf(line);
    if (!next) return false;
    const [first, second] = [await saved(line), await saved(next)];
    if (!first || !second) return false;
    const done = t('transcript.done.merged');
    const payload = { ...at(first), nextLineId: second.id, nextRevision: second.revision };
    return edits.run('transcript.merge', payload, { about: line.id, done });
  }

  function attribute(line: Line, to: Attribution): Promise<boolean> {
    const done = t('transcript.done.attributed');
    return edits.run('transcript.attribute', { ...at(line), ...to }, { about: line.id, done });
  }

  /** Hides stretches of a line as it was read, one after the other: each changes the line. */
  async function redact(line: Line, spans: readonly Span[], reason: string): Promise<boolean> {
    for (const span of spans) {
      const now = asRead(line, lineOf(line.id));
      const payload = { ...at(now), redactionId: newId(), ...span, reason };
      const done = t('transcript.done.redacted');
      if (!(await edits.run('transcript.redact', payload, { about: line.id, done }))) return false;
      await settled(now);
    }
    return true;
  }

  function unredact(line: Line, redactionId: string): Promise<boolean> {
    const done = t('transcript.done.unredacted');
    const payload = { ...at(line), redactionId };
    return edits.run('transcript.unredact', payload, { about: line.id, done });
  }

  function remove(line: Line): Promise<boolean> {
    drafts.forget(line.id);
    const done = t('transcript.done.removed');
    return edits.run('transcript.remove', at(line), { about: line.id, done });
  }

  function restore(line: Line): Promise<boolean> {
    const done = t('transcript.done.restored');
    return edits.run('transcript.restore', at(line), { about: line.id, done });
  }

  /** Gives a line, as it was read, the words that it once had. */
  function rewrite(line: Line, text: string): Promise<boolean> {
    drafts.forget(line.id);
    const done = t('transcript.done.edited');
    const payload = { ...at(asRead(line, lineOf(line.id))), text };
    return edits.run('transcript.edit', payload, { about: line.id, done });
  }

  function startTyping(): void {
    if (mayEdit.value && chosen.value && !chosen.value.isRemoved) isTyping.value = true;
  }

  return {
    saving,
    save,
    saveAll,
    split,
    nextOf,
    merge,
    attribute,
    redact,
    unredact,
    remove,
    restore,
    rewrite,
    startTyping,
    /** The draft that somebody else's change stands against. */
    conflictOf: (line: Line) => (saving.has(line.id) ? null : drafts.conflictOf(line)),
  };
}
