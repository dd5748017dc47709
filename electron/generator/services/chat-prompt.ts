// What every text model is told: how to behave in this chat, and what was said so far.
import type { ChatTurn, TextJob } from '../../../shared/generator/messages';

export const systemInstruction = `You are the assistant of Afterimage, a chat in which people make pictures.
When a picture is wanted, call generate_image; say at most one short sentence beside it, and never describe the picture instead of making it.
When the person wants a picture changed, call generate_image with "edits". “Make it night” and the like mean the last picture of the conversation.
Notes such as [picture <id>: <prompt>] stand for pictures that were shown. Never write such a note, and never make up an id.
Anything else you answer briefly, in the person's language, as plain Markdown without HTML and without pictures.`;

export type PromptTurn = { role: ChatTurn['role']; text: string };

/** @returns the conversation so far. Pictures are told in words, so that the model can speak of them; none is sent. */
export function describeHistory({ history }: Pick<TextJob, 'history'>): PromptTurn[] {
  return history.flatMap(({ role, text, pictures }) => {
    const said = [text.trim(), ...pictures.map(pictureNote)].filter((line) => line !== '').join('\n');
    return said === '' ? [] : [{ role, text: said }];
  });
}

function pictureNote({ imageId, prompt }: ChatTurn['pictures'][number]): string {
  // A character may be cut in two, and half of one is refused by some services.
  return `[picture ${imageId}: ${prompt.replace(/\s+/g, ' ').slice(0, 500).toWellFormed()}]`;
}

/** More than anybody reads, and than any window shows with ease. */
export const maxReplyLength = 200_000;

/** Takes more of an answer, as far as there is room for it. */
export function appendText(partial: { text: string }, more: string, onText: (more: string) => void): void {
  const fits = more.slice(0, maxReplyLength - partial.text.length);
  if (fits === '') return;
  partial.text += fits;
  onText(fits);
}

export function isReplyTooLong({ text }: { text: string }): boolean {
  return text.length >= maxReplyLength;
}

/** For an answer that broke off before it said what it used: about four characters make a token. */
export function estimateTokens(job: TextJob, answer: string): { input: number; output: number } {
  const asked = systemInstruction.length + JSON.stringify([describeHistory(job), job.text]).length;
  return { input: Math.ceil(asked / 4), output: Math.ceil(answer.length / 4) };
}
