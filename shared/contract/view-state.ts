// View state: requests and replies. `app:start` returns it.
import { viewStateSchema } from '../domain/view-state';
import { type RequestDefinition, reply } from './request';

export const viewStateRequests = {
  'view-state:set': { input: viewStateSchema.partial(), reply: reply<null>() },
} satisfies Record<string, RequestDefinition>;
