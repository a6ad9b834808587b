/** Another living server owns this data directory; its data must not be served twice. */
export class DataDirectoryInUse extends Error {
  readonly dataDir: string;
  /** Process id of the owning server, as that server told PostgreSQL. */
  readonly pid: number;

  constructor(dataDir: string, pid: number) {
    super(
      `Data directory ${dataDir} is in use by another server (pid ${pid}). ` +
        'Stop that server, or set DATA_DIR to another directory.',
    );
    this.name = 'DataDirectoryInUse';
    this.dataDir = dataDir;
    this.pid = pid;
  }
}

/** PostgreSQL's own programs failed; the message carries what they printed. */
export class PostgresFailed extends Error {
  constructor(what: string, output: string) {
    const lines = output.trim().split('\n').slice(-12).join('\n');
    super(lines ? `${what}:\n${lines}` : what);
    this.name = 'PostgresFailed';
  }
}
