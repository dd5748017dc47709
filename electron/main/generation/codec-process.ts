// Starts the codec process of one generator on demand, and connects the two. A generator and its codec end together.
import { type CodecNotice, codecRequestSchema } from '../../../shared/generator/codec-messages';
import { createHangGuard } from '../logging/hang-watch';

/** A child process as this file needs it. */
export type CodecChild<Port> = {
  /** Hands the child its end of the channel. */
  connect: (port: Port) => void;
  kill: () => void;
  /** Processor time that it has used (ms); null or absent: unknown. */
  processorMs?: () => number | null;
};

/**
 * Far longer than any task takes. A codec that computes for this long without an answer, or makes no progress at all,
 * hangs.
 */
const defaultMaxSilentMs = 120_000;

export type CodecOptions<Port> = {
  /** Starts a child. `onExit` is called once. */
  fork: (onExit: () => void) => CodecChild<Port>;
  createChannel: () => { codecPort: Port; generatorPort: Port };
  /** Sends a notice to the generator, with a port if there is one. */
  notify: (notice: CodecNotice, port?: Port) => void;
  /** Absent: two minutes. */
  maxSilentMs?: number;
};

/** The generator asks for a process when it needs one, and again after each crash, so none is started from here. */
export function createCodecProcess<Port>({
  fork,
  createChannel,
  notify,
  maxSilentMs = defaultMaxSilentMs,
}: CodecOptions<Port>) {
  let child: CodecChild<Port> | null = null;
  const guard = createHangGuard(
    maxSilentMs,
    () => child?.processorMs?.() ?? null,
    () => {
      console.error('The codec does not finish its task and is replaced.');
      child?.kill();
    },
  );

  function start(): void {
    const started = fork(() => {
      if (child !== started) return;
      child = null;
      guard.rest();
      notify({ type: 'codec-ended' });
    });
    child = started;
    const { codecPort, generatorPort } = createChannel();
    started.connect(codecPort);
    notify({ type: 'codec-connected' }, generatorPort);
  }

  /** Ends the process without a notice. */
  function close(): void {
    const ending = child;
    child = null;
    guard.rest();
    ending?.kill();
  }

  return {
    /** Returns whether the generator's message was about the codec. */
    receive(message: unknown): boolean {
      const request = codecRequestSchema.safeParse(message);
      if (!request.success) return false;
      switch (request.data.type) {
        case 'codec-wanted':
          if (!child) start();
          break;
        case 'codec-works':
          // It may have ended meanwhile.
          if (child) guard.work();
          break;
        case 'codec-rests':
          guard.rest();
          break;
        case 'codec-idle':
          close();
      }
      return true;
    },
    close,
  };
}
