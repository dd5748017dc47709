// Suggestions: prompts that a text model writes for the composer, from the draft or from a picture.
import { z } from 'zod';
import type { ErrorCode, Explanation } from './errors';
import type { ServiceId } from './services';

/** `improve`: the draft, rewritten. `describe`: what a picture shows. */
export const suggestionKindSchema = z.enum(['improve', 'describe']);
export type SuggestionKind = z.infer<typeof suggestionKindSchema>;

/** `running`: its request may have left. Every other one has ended. */
export const suggestionStatusSchema = z.enum(['running', 'ready', 'failed']);
export type SuggestionStatus = z.infer<typeof suggestionStatusSchema>;

/** A request to a text model and what came of it. It is kept until the user has taken or closed it. */
export type Suggestion = {
  /** Also the id of its request and of its charge. */
  id: string;
  conversationId: string;
  kind: SuggestionKind;
  status: SuggestionStatus;
  /** The draft as it was when it was sent; empty for a description. */
  original: string;
  /** The described picture; null for an improvement. */
  imageId: string | null;
  provider: ServiceId;
  model: string;
  /** What has arrived, ready for the composer. */
  text: string;
  /** Why it failed; null otherwise. */
  error: ({ code: ErrorCode } & Explanation) | null;
  /** Micro-dollars that it has cost or may have cost; null if that is unknown. */
  costMicroUsd: number | null;
  /** Whether the user is done with it. */
  isClosed: boolean;
};

/** Returns whether a suggestion has a text that can be put into the composer. */
export function isUsable({ status, text }: Pick<Suggestion, 'status' | 'text'>): boolean {
  return status !== 'running' && text.trim() !== '';
}
