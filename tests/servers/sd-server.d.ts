/** What the program does; see sd-server/program.mjs. An absent option is as the real server does it. */
export type SdServerOptions = {
  version?: string;
  /** Time until it answers (ms). */
  startMs?: number;
  start?: 'hang' | 'no-library' | 'no-memory' | 'old-api';
  exitAtStart?: number;
  /** Time for a picture (ms). */
  jobMs?: number;
  /** Goes on generating until it is false again. */
  hold?: boolean;
  /** The picture fails with this message. */
  fail?: string;
  crashWhileGenerating?: 'exit' | 'abort' | 'no-memory';
  /** Whether a picture that is being made can be cancelled. The released versions cannot. */
  canCancel?: boolean;
};
export type SdServerEvent = {
  event: string;
  pid: number;
  [fact: string]: unknown;
};
/** The program as one file that the system executes. It runs on the Node that runs the test. */
export declare function sdServerScript(node?: string): string;
/** @param folder gets the program `sd-server`, its options and what it writes down. */
export declare function createSdServer(folder: string): {
  executable: string;
  /** For the process, or for the app that starts it. */
  env: {
    SD_SERVER_OPTIONS: string;
    SD_SERVER_LOG: string;
  };
  /** Takes effect at once, also in a program that runs. */
  set(options: SdServerOptions): void;
  /** What happened, in order, over all processes. */
  events: (name?: string) => SdServerEvent[];
  /** The ids of the processes that were started and still exist. */
  alive: () => number[];
};
/** Returns whether a process exists and has not ended. A zombie has: its parent only has not noticed. */
export declare function isAlive(pid: number): boolean;
