// Starts the codec process of one generator on demand, and connects the two. A generator and its codec end together.
import { type CodecNotice, codecRequestSchema } from '../../../shared/generator/codec-messages';

/** A child process as this file needs it. */
export type CodecChild<Port> = {
  /** Hands the child its end of the channel. */
  connect: (port: Port) => void;
  kill: () => void;
};

export type CodecOptions<Port> = {
  /** Starts a child. `onExit` is called once. */
  fork: (onExit: () => void) => CodecChild<Port>;
  createChannel: () => { codecPort: Port; generatorPort: Port };
  /** Sends a notice to the generator, with a port if there is one. */
  notify: (notice: CodecNotice, port?: Port) => void;
};

/** The generator asks for a process when it needs one, and again after each crash, so none is started from here. */
export function createCodecProcess<Port>({ fork, createChannel, notify }: CodecOptions<Port>) {
  let child: CodecChild<Port> | null = null;

  function start(): void {
    const started = fork(() => {
      if (child !== started) return;
      child = null;
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
    ending?.kill();
  }

  return {
    /** Returns whether the generator's message was about the codec. */
    receive(message: unknown): boolean {
      const request = codecRequestSchema.safeParse(message);
      if (!request.success) return false;
      if (request.data.type === 'codec-wanted' && !child) start();
      if (request.data.type === 'codec-hangs') {
        console.error('The codec does not finish its task and is replaced.');
        child?.kill();
      }
      if (request.data.type === 'codec-idle') close();
      return true;
    },
    close,
  };
}
