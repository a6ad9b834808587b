import type { Reducers } from '../kernel/entries.ts';
import type { Equipment } from '../kernel/state.ts';

export const equipmentReducers: Reducers<'equipment.asked'> = {
  'equipment.asked': (state, { at, payload }) => {
    const { bridgePointId: id, camera, microphone, muted, by } = payload;
    const before = state.equipment.get(id);
    const equipment: Equipment = {
      id,
      muted: muted ?? before?.muted ?? false,
      mutedBy: muted === undefined ? (before?.mutedBy ?? null) : muted ? by : null,
      camera: camera === undefined ? (before?.camera ?? null) : { key: camera, at },
      microphone: microphone === undefined ? (before?.microphone ?? null) : { key: microphone, at },
    };
    state.equipment.set(id, equipment);
    state.touch('equipment', id);
  },
};
