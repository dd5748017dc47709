// Recalls the user's earlier prompts, as a shell does with the arrow keys.
import type { Message } from '../../../shared/domain/conversations';

export type SentPrompt = { seq: number; text: string };

type Options = {
  /** Returns the text in the composer. */
  text: () => string;
  setText: (text: string) => void;
  /** Returns the loaded messages directly before a position; null: at the end of the conversation. */
  loaded: (before: number | null) => readonly Message[];
  /** Reads the messages directly before a position; empty at the start of the conversation. */
  read: (before: number | null) => Promise<readonly Message[]>;
};

export type PromptHistory = ReturnType<typeof createPromptHistory>;

/** The history of one conversation. It never replaces text that the user has written or changed. */
export function createPromptHistory({ text, setText, loaded, read }: Options) {
  /** The prompts that were recalled so far, newest first, and the index of the one in the composer; -1: none. */
  let recalled: SentPrompt[] = [];
  let at = -1;
  let isReading = false;

  function isShown(): boolean {
    return recalled[at]?.text === text();
  }

  function show(index: number): void {
    at = index;
    const prompt = recalled[index]?.text ?? '';
    if (index < 0) recalled = [];
    setText(prompt);
  }

  function take(prompt: SentPrompt): void {
    recalled = [...recalled, prompt];
    show(recalled.length - 1);
  }

  async function readOlder(from: number | null): Promise<void> {
    if (isReading) return;
    isReading = true;
    const before = text();
    let position = from;
    try {
      for (;;) {
        const messages = await read(position);
        // The user has started to write.
        if (text() !== before) return;
        const found = lastPrompt(messages, before);
        if (found) return take(found);
        const [first] = messages;
        if (!first) return;
        position = first.seq;
      }
    } finally {
      isReading = false;
    }
  }

  return {
    /** Shows the previous prompt. @returns whether the key was handled: the composer was empty, or showed a recalled prompt. */
    older(): boolean {
      if (!isShown()) {
        if (text() !== '') return false;
        recalled = [];
        at = -1;
      }
      if (at + 1 < recalled.length) {
        show(at + 1);
        return true;
      }
      const from = recalled.at(-1)?.seq ?? null;
      const near = loaded(from);
      const found = lastPrompt(near, text());
      if (found) take(found);
      else void readOlder(near[0]?.seq ?? from);
      return true;
    },
    /** Shows the next prompt. After the newest one, the composer is empty again. @returns as `older`. */
    newer(): boolean {
      if (at < 0 || !isShown()) return false;
      show(at - 1);
      return true;
    },
    /** Empties the composer. @returns whether it showed a recalled prompt. */
    leave(): boolean {
      if (at < 0 || !isShown()) return false;
      show(-1);
      return true;
    },
  };
}

/** Returns the last prompt with a different text, because the same text would look as if the key did nothing. */
function lastPrompt(messages: readonly Message[], shown: string): SentPrompt | undefined {
  const message = messages.findLast(
    (candidate) => candidate.role === 'user' && candidate.kind === 'text' && candidate.text !== shown,
  );
  return message?.kind === 'text' ? { seq: message.seq, text: message.text } : undefined;
}
