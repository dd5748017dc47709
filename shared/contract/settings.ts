// Settings: requests and replies.
import { type Settings, settingsSchema } from '../domain/settings';
import { type RequestDefinition, reply } from './request';
import type { NumberedProvider } from './services';

export const settingsRequests = {
  'settings:set': {
    input: settingsSchema.partial(),
    reply: reply<{ settings: Settings; provider: NumberedProvider }>(),
  },
} satisfies Record<string, RequestDefinition>;
