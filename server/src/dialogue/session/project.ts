import type { DialogueFact } from '@nhip-cau/shared/protocol/facts';
import type { Projector } from '../kernel/project.ts';

export const projectDialogue: Projector<'dialogue'> = (dialogue) => {
  const { createdAt: _createdAt, ...fact } = dialogue;
  return [
    {
      audience: 'everyone',
      collection: 'dialogue',
      id: dialogue.id,
      value: fact satisfies DialogueFact,
    },
  ];
};
