/** The process's exit codes, as sysexits.h names them. */
export const exitCodes = {
  /** A variable of the environment is wrong. */
  config: 78,
  /** The database, the port or another service is not to be had. */
  unavailable: 69,
} as const;
