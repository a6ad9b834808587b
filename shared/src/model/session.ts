import { defaultOrderWeights, type OrderWeights } from './order.ts';
import type { TransitionTable } from './transitions.ts';

/**
 * A dialogue's life. `draft`: being prepared, nobody can join. `open`: halls pair, people join and
 * ask. `live`: the leader is on air. `paused`: the floor is closed for a while. `ended`: the record
 * stands, nothing changes but the dispositions that are still owed.
 */
export const dialogueStates = ['draft', 'open', 'live', 'paused', 'ended'] as const;

export type DialogueState = (typeof dialogueStates)[number];
export type DialogueEvent = 'open' | 'start' | 'pause' | 'resume' | 'end';

export const dialogueTransitions: TransitionTable<DialogueState, DialogueEvent> = {
  draft: { open: 'open' },
  open: { start: 'live' },
  live: { pause: 'paused', end: 'ended' },
  paused: { resume: 'live', end: 'ended' },
  ended: {},
};

/** Whether a name is asked of participants: always, if they like, or never. */
export const namePolicies = ['required', 'optional', 'none'] as const;

export type NamePolicy = (typeof namePolicies)[number];

/** The fields of `brief`: a start, editable for each dialogue. */
export const defaultFields = [
  'Đất đai',
  'Môi trường',
  'An ninh trật tự',
  'An sinh xã hội',
  'Nông thôn mới',
  'Xây dựng Đảng',
  'Y tế',
  'Giáo dục',
  'Khác',
] as const;

/** What happens when a turn has used up its time: it goes on and everybody sees so, or it ends. */
export const timeUpPolicies = ['warn', 'end'] as const;

export type TimeUpPolicy = (typeof timeUpPolicies)[number];

/** How a dialogue is led: the rule of the queue, the times of the floor, the ways in. */
export interface DialogueRules {
  order: OrderWeights;
  /** What all turns of one district may take together, in seconds; `null`: no limit. */
  districtSeconds: number | null;
  /** What a right of reply may take, in seconds. */
  replySeconds: number;
  /** What a turn of the head table may take, in seconds. */
  hostSeconds: number;
  /** The countdown warns when this is left, in seconds. */
  warnSeconds: number;
  timeUp: TimeUpPolicy;
  /** A question that nobody has touched for that long is flagged, in minutes. */
  staleMinutes: number;
  /** Whether anybody may send a question by the public form until the dialogue starts. */
  publicForm: boolean;
  /** Ready words for returning a question. */
  returnReasons: string[];
}

export const defaultRules: DialogueRules = {
  order: defaultOrderWeights,
  districtSeconds: null,
  replySeconds: 60,
  hostSeconds: 300,
  warnSeconds: 30,
  timeUp: 'warn',
  staleMinutes: 10,
  publicForm: false,
  returnReasons: [
    'Nội dung chưa rõ, đề nghị nêu cụ thể hơn.',
    'Trùng với ý kiến đã được tiếp nhận.',
    'Không thuộc nội dung đối thoại hôm nay; đề nghị gửi cơ quan tiếp công dân.',
    'Đã được trả lời trong hội nghị.',
    'Có thông tin cá nhân của người khác; đề nghị bỏ và gửi lại.',
  ],
};
