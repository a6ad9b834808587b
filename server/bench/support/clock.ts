/** A time in ms that all processes of this machine share (CLOCK_MONOTONIC), with fractions. */
export const sharedNow = (): number => Number(process.hrtime.bigint()) / 1e6;
