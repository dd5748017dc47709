// The input of every text model: the system instruction and the conversation so far.

import { tokensOfPicture } from '../../../shared/domain/token-prices';
import type { ChatTurn, TextJob } from '../../../shared/generator/jobs';
import { t } from '../../../shared/languages/translate';
import { suggestionPrompt } from './suggestion-prompt';

// Not shown: a model reads it.
const systemInstruction = `You are the assistant of Afterimage, a chat in which people make pictures.
When a picture is wanted, call generate_image; say at most one short sentence beside it, and never describe the picture instead of making it.
When the user wants a picture changed, call generate_image with "edits". “Make it night” and the like mean the last picture of the conversation.
Notes such as [picture <id>: <prompt>] stand for pictures that were shown. Never write such a note, and never make up an id.
Anything else you answer briefly, in the user's language, as plain Markdown without HTML and without pictures.`;

export type PromptTurn = { role: ChatTurn['role']; text: string };

/** The input of a text model. */
export type TextPrompt = {
  system: string;
  /** The conversation so far. */
  turns: PromptTurn[];
  user: string;
  /** Whether the model may request pictures. */
  hasTools: boolean;
};

/**
 * Returns the input of a text model for a reply or a suggestion. A suggestion gets neither the conversation nor
 * tools.
 */
export function textPromptOf(job: TextJob): TextPrompt {
  if (job.suggestion) return { ...suggestionPrompt(job.suggestion, job.text), turns: [], hasTools: false };
  return { system: systemInstruction, turns: describeHistory(job), user: job.text, hasTools: true };
}

/** Returns the conversation so far as text. A note stands for each picture, because the pictures are not sent. */
function describeHistory({ history }: Pick<TextJob, 'history'>): PromptTurn[] {
  return history.flatMap(({ role, text, pictures }) => {
    const lines = [text.trim(), ...pictures.map(pictureNote)].filter((line) => line !== '').join('\n');
    return lines === '' ? [] : [{ role, text: lines }];
  });
}

function pictureNote({ imageId, prompt }: ChatTurn['pictures'][number]): string {
  // The cut may split a surrogate pair, and some services reject a lone surrogate.
  return `[picture ${imageId}: ${prompt.replace(/\s+/g, ' ').slice(0, 500).toWellFormed()}]`;
}

/** In UTF-16 units. A longer reply would make the conversation slow to show. */
const maxReplyLength = 200_000;

/** Appends a piece to the reply, up to the maximum length. */
export function appendText(partial: { text: string }, more: string, onText: (more: string) => void): void {
  const fitting = more.slice(0, maxReplyLength - partial.text.length);
  if (fitting === '') return;
  partial.text += fitting;
  onText(fitting);
}

/** Returns a text for a reply that contains only pictures; empty if it contains none. */
export function announcePictures(count: number): string {
  if (count === 0) return '';
  return t('services.answered_with_pictures', { count });
}

/** Returns whether a reply has reached the maximum length, so that its rest is not read. */
export function isReplyTooLong({ text }: { text: string }): boolean {
  return text.length >= maxReplyLength;
}

/** Estimates the tokens of a reply that ended before its usage was reported, at four characters per token. */
export function estimateTokens(job: TextJob, reply: string): { input: number; output: number } {
  const { system, turns, user } = textPromptOf(job);
  const inputLength = system.length + JSON.stringify([turns, user]).length;
  const pictures = (job.references?.length ?? 0) * tokensOfPicture;
  return { input: Math.ceil(inputLength / 4) + pictures, output: Math.ceil(reply.length / 4) };
}
