// Streams a reply's text: sends it to the renderer in small steps, and saves it periodically.
import type { PictureProgress, TextSoFar } from '../../../shared/generator/messages';
import { type AttemptOptions, createAttempts } from '../db/attempts';
import type { ChatContext } from './chat-context';

const broadcastIntervalMs = 50;
const saveIntervalMs = 1000;

/** Where the text of a job goes. */
export type TextTarget = {
  /** Keeps the text so far. */
  save: (text: string) => void;
  /** Shows it to the user. */
  show: (text: string) => void;
};

type Stream = {
  text: string;
  saved: string;
  isBroadcastDue: boolean;
  isSaveDue: boolean;
};

export type ReplyStream = ReturnType<typeof createReplyStream>;

/**
 * A reply's row is `streaming` from its first text on. If the app is killed, at most the last second of text is lost;
 * settle.ts writes the complete text.
 */
export function createReplyStream(
  context: Pick<ChatContext, 'store' | 'broadcast' | 'now'>,
  attempts: AttemptOptions,
) {
  const { after } = attempts;
  const attempt = createAttempts(attempts, saveAll);
  const streams = new Map<string, Stream>();
  /** Targets of jobs that are not replies in a conversation. */
  const targets = new Map<string, TextTarget>();

  function targetOf(jobId: string): TextTarget {
    return (
      targets.get(jobId) ?? {
        save: (text) => void context.store.messages.setStreaming(jobId, text, context.now()),
        show: (text) => context.broadcast('message:text', { id: jobId, text }),
      }
    );
  }

  function append({ jobId, text }: TextSoFar): void {
    const known = streams.get(jobId);
    const stream = known ?? newStream();
    stream.text += text;
    if (!known) {
      streams.set(jobId, stream);
      save(jobId, stream);
      const message = context.store.messages.find(jobId);
      if (message) context.broadcast('message:updated', message);
      else targetOf(jobId).show(stream.text);
      return;
    }
    if (!stream.isBroadcastDue) {
      stream.isBroadcastDue = true;
      after(broadcastIntervalMs, () => broadcastText(jobId, stream));
    }
    saveSoon(jobId, stream);
  }

  function saveSoon(jobId: string, stream: Stream): void {
    if (stream.isSaveDue) return;
    stream.isSaveDue = true;
    after(saveIntervalMs, () => saveIfCurrent(jobId, stream));
  }

  function broadcastText(jobId: string, stream: Stream): void {
    stream.isBroadcastDue = false;
    if (streams.get(jobId) === stream) targetOf(jobId).show(stream.text);
  }

  function saveIfCurrent(jobId: string, stream: Stream): void {
    stream.isSaveDue = false;
    if (streams.get(jobId) === stream) save(jobId, stream);
  }

  /** Saves the text so far. Retries if that fails, for example on a full disk, even if no more text arrives. */
  function save(jobId: string, stream: Stream): void {
    // Not shown: a name in Diagnostics.
    attempt(`The text of ${jobId} so far`, () => write(jobId, stream));
  }

  function saveAll(): void {
    for (const [jobId, stream] of streams) save(jobId, stream);
  }

  function write(jobId: string, stream: Stream): void {
    if (stream.saved === stream.text) return;
    // Not flushed: a power loss may undo the last save, but a process crash does not.
    context.store.batch(() => targetOf(jobId).save(stream.text));
    stream.saved = stream.text;
  }

  return {
    /** Takes text and progress from the generator. */
    receive(news: TextSoFar | PictureProgress): void {
      if (news.type === 'text') append(news);
      else {
        const { jobId: id, fraction, previewCount, steps } = news;
        context.broadcast('message:progress', {
          id,
          fraction,
          ...(previewCount !== undefined && { previewCount }),
          ...(steps !== undefined && { steps }),
        });
      }
    },
    /** Redirects a job's text from the reply's row to `target`, until the job ends. */
    direct(jobId: string, target: TextTarget): void {
      targets.set(jobId, target);
    },
    /** Forgets a job's text, because the job starts, perhaps for a second time. */
    reset(jobId: string): void {
      streams.delete(jobId);
    },
    /**
     * Saves the text so far, because no more follows. For an interrupted answer, this is its text.
     *
     * @throws what the database throws. The text is kept, and the next call saves it.
     */
    end(jobId: string): void {
      const stream = streams.get(jobId);
      if (stream) write(jobId, stream);
      streams.delete(jobId);
      targets.delete(jobId);
    },
    /** Saves the text of every reply, because the app is about to end. */
    saveAll,
  };
}

function newStream(): Stream {
  return { text: '', saved: '', isBroadcastDue: false, isSaveDue: false };
}
