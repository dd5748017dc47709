// Diagnostics: requests and replies.
import type { Timing } from '../domain/timings';
import { type RequestDefinition, reply } from './request';
import { noInput } from './schemas';

export const diagnosticsRequests = {
  'diagnostics:read': { input: noInput, reply: reply<Diagnostics>() },
} satisfies Record<string, RequestDefinition>;

export type Diagnostics = {
  versions: { app: string; electron: string; chromium: string; node: string; sqlite: string };
  dataFolder: string;
  generator: { state: 'starting' | 'ready' | 'stopped'; starts: number };
  counts: { conversations: number; messages: number; pictures: number; attempts: number; outbox: number };
  /** Found when rows and files were last compared; null before the first time. */
  reconciled: { at: number; missing: number; recoveryFiles: number } | null;
  timings: Timing[];
};
