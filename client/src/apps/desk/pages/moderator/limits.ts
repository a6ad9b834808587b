/** As the protocol's schemas say, which this page does not carry: UTF-16 units. */
export const maxQuestionLength = 4_000;
export const maxReasonLength = 1_000;
export const maxNameLength = 120;
