// Suggestions: prompts that a text model writes for the composer, from the draft or from a picture.
import { z } from 'zod';
import type { ErrorCode, Explanation } from './errors';
import type { FailureDetails } from './failure-details';
import type { ServiceId } from './services';

/** `improve`: a rewritten draft. `describe`: a description of a picture. */
export const suggestionKindSchema = z.enum(['improve', 'describe']);
export type SuggestionKind = z.infer<typeof suggestionKindSchema>;

/** `running`: its request may have left. Every other one has ended. */
export const suggestionStatusSchema = z.enum(['running', 'ready', 'failed']);
export type SuggestionStatus = z.infer<typeof suggestionStatusSchema>;

/** A request to a text model and its result. It is kept until the user accepts or closes it. */
export type Suggestion = {
  /** Also the id of its request and of its charge. */
  id: string;
  conversationId: string;
  kind: SuggestionKind;
  status: SuggestionStatus;
  /** The draft at the time of the request; empty for a description. */
  original: string;
  /** The described picture; null for an improvement. */
  imageId: string | null;
  provider: ServiceId;
  model: string;
  /** The text so far, ready for the composer. */
  text: string;
  /** Why it failed; null otherwise. */
  error: ({ code: ErrorCode } & Explanation) | null;
  /** More about the failure, if it is known. */
  details?: FailureDetails;
  /** UTC milliseconds. */
  requestedAt: number;
  /** Actual or possible cost in micro-dollars; null if unknown. */
  costMicroUsd: number | null;
  /** Whether the user has accepted or closed it. */
  isClosed: boolean;
};

/** Returns whether a suggestion has a text that can be put into the composer. */
export function isUsable({ status, text }: Pick<Suggestion, 'status' | 'text'>): boolean {
  return status !== 'running' && text.trim() !== '';
}
