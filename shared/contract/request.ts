// How the contract declares a request: its input as a schema, and the type of its reply.
import type { z } from 'zod';

declare const replyType: unique symbol;

/** Stands for the type of a reply. It is empty at run time: replies come from our own main process. */
export type ReplyType<Reply> = { readonly [replyType]?: Reply };

export type RequestDefinition = { readonly input: z.ZodType; readonly reply: ReplyType<unknown> };

/** Declares the type of a request's reply. */
export function reply<Reply>(): ReplyType<Reply> {
  return {};
}
