// Words as they come: told to the screen in small steps, kept on disk now and then.
import type { PictureProgress, TextSoFar } from '../../../shared/generator/messages';
import type { ChatContext } from './chat-context';

/** Milliseconds between two steps that the screen is told, and between two that are kept. */
const tellEveryMs = 50;
const keepEveryMs = 1000;

type Stream = { text: string; kept: string; tellIsDue: boolean; keepIsDue: boolean };

export type ReplyStream = ReturnType<typeof createReplyStream>;

/**
 * The row of a reply is `streaming` from its first words on. Killed at any point, it has all but the last second
 * of them; settle.ts writes the whole.
 *
 * @param after runs work after so many milliseconds.
 */
export function createReplyStream(
  context: Pick<ChatContext, 'store' | 'broadcast' | 'now'>,
  after: (milliseconds: number, work: () => void) => void,
) {
  const streams = new Map<string, Stream>();

  function add({ jobId, text }: TextSoFar): void {
    const known = streams.get(jobId);
    const stream = known ?? { text: '', kept: '', tellIsDue: false, keepIsDue: false };
    stream.text += text;
    if (!known) {
      streams.set(jobId, stream);
      keep(jobId, stream);
      const message = context.store.messages.find(jobId);
      if (message) context.broadcast('message:updated', message);
      return;
    }
    if (!stream.tellIsDue) {
      stream.tellIsDue = true;
      after(tellEveryMs, () => tell(jobId, stream));
    }
    if (!stream.keepIsDue) {
      stream.keepIsDue = true;
      after(keepEveryMs, () => keepLater(jobId, stream));
    }
  }

  function tell(jobId: string, stream: Stream): void {
    stream.tellIsDue = false;
    if (streams.get(jobId) === stream) context.broadcast('message:text', { id: jobId, text: stream.text });
  }

  function keepLater(jobId: string, stream: Stream): void {
    stream.keepIsDue = false;
    if (streams.get(jobId) === stream) keep(jobId, stream);
  }

  function keep(jobId: string, stream: Stream): void {
    if (stream.kept === stream.text) return;
    try {
      // Without a flush: a loss of power may take some words back, a killed process does not.
      context.store.batch(() => context.store.messages.setStreaming(jobId, stream.text, context.now()));
      stream.kept = stream.text;
    } catch (error) {
      // On a full disk, say. The next step has these words too, and the end of the reply all of them.
      console.error(`The words of ${jobId} so far could not be kept:`, error);
    }
  }

  return {
    /** Takes what the generator says on the way. */
    receive(news: TextSoFar | PictureProgress): void {
      if (news.type === 'text') add(news);
      else {
        const { jobId: id, fraction, looks } = news;
        context.broadcast('message:progress', { id, fraction, ...(looks !== undefined && { looks }) });
      }
    },
    /** The job goes to the generator, perhaps a second time: its words begin anew. */
    begin(jobId: string): void {
      streams.delete(jobId);
    },
    /** Keeps what there is, since no more will come. */
    end(jobId: string): void {
      const stream = streams.get(jobId);
      if (stream) keep(jobId, stream);
      streams.delete(jobId);
    },
    /** Keeps all that there is: the app is about to end. */
    keepAll(): void {
      for (const [jobId, stream] of streams) keep(jobId, stream);
    },
  };
}
