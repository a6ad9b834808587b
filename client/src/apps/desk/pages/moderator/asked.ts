import type { NameVisibility, TypedChannel } from '@nhip-cau/shared/model/questions';
import type { NamePolicy } from '@nhip-cau/shared/model/session';
import type { CommandPayload } from '@nhip-cau/shared/protocol/commands';

/** A question as it is typed for somebody: what fields hold, texts as they stand. */
export interface Asked {
  text: string;
  name: string;
  nameVisibility: NameVisibility;
  field: string;
  urgent: boolean;
}

export const emptyAsked = (): Asked => ({
  text: '',
  name: '',
  nameVisibility: 'hall',
  field: '',
  urgent: false,
});

/** Whether there is enough to send. */
export function isComplete({ text, name }: Asked, namePolicy: NamePolicy): boolean {
  return text.trim() !== '' && (namePolicy !== 'required' || name.trim() !== '');
}

/** The command's words for it, but for the id, the hall and a hand. */
export function askPayload(
  asked: Asked,
  channel: TypedChannel,
  namePolicy: NamePolicy,
): Omit<CommandPayload<'question.ask'>, 'questionId' | 'bridgePointId'> {
  const name = namePolicy === 'none' ? '' : asked.name.trim();
  return {
    text: asked.text.trim(),
    field: asked.field || null,
    nameVisibility: name ? asked.nameVisibility : 'none',
    onBehalfOf: { name: name || null },
    channel,
    urgency: asked.urgent ? 'urgent' : 'normal',
  };
}
