/** Levels above that a question is usually escalated to, as keys of `host.escalated.choice`. */
export const escalationKeys = ['assembly', 'government', 'ministry', 'party', 'province'] as const;

/** Usual reasons for which a question is outside, as keys of `host.outside.choice`. */
export const outsideKeys = ['topic', 'authority', 'answered', 'court', 'inProgress'] as const;
