// Settings: requests and replies.
import { type Settings, settingsSchema } from '../domain/settings';
import { type RequestDefinition, reply } from './request';
import type { ActiveProvider } from './services';

export const settingsRequests = {
  'settings:set': {
    input: settingsSchema.partial(),
    reply: reply<{ settings: Settings; provider: ActiveProvider }>(),
  },
} satisfies Record<string, RequestDefinition>;
