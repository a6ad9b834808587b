import type { DialogueSummaryBody } from '@nhip-cau/shared/protocol/http';

export interface DialogueGroup {
  name: 'now' | 'coming' | 'ended';
  dialogues: DialogueSummaryBody[];
}

/** Dialogues by what they ask of somebody: under way, coming (soonest first), over (newest first). */
export function groupDialogues(dialogues: readonly DialogueSummaryBody[]): DialogueGroup[] {
  const of = (...states: DialogueSummaryBody['state'][]) =>
    dialogues.filter(({ state }) => states.includes(state));
  const upwards = (a: DialogueSummaryBody, b: DialogueSummaryBody) => a.startsAt - b.startsAt;
  const groups: DialogueGroup[] = [
    { name: 'now', dialogues: of('live', 'paused').sort(upwards) },
    { name: 'coming', dialogues: of('open', 'draft').sort(upwards) },
    { name: 'ended', dialogues: of('ended').sort(upwards).reverse() },
  ];
  return groups.filter((group) => group.dialogues.length > 0);
}
