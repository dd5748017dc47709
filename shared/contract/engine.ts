// The engine on this computer: requests, replies and events.
import { z } from 'zod';
import type { EngineStatus, InstalledItem } from '../domain/engine';
import { engineItemIdSchema, modelFileRoles, sha256Schema } from '../domain/engine-catalogue';
import { type RequestDefinition, reply } from './request';
import { noInput } from './schemas';

const modelInput = z.strictObject({ model: engineItemIdSchema });
const itemInput = z.strictObject({ id: engineItemIdSchema });

export const engineRequests = {
  /** Examines the computer and the disk. Later changes arrive as events. */
  'engine:status': { input: noInput, reply: reply<EngineStatus>() },
  /** Downloads a model, and the engine if it is not there. Continues a download that was paused or has failed. */
  'engine:download': { input: modelInput, reply: reply<null>() },
  'engine:pause': { input: modelInput, reply: reply<null>() },
  /** Cancels a download and deletes its files. */
  'engine:cancel': { input: modelInput, reply: reply<null>() },
  /** Deletes an engine, a model or the files of an abandoned download. Pictures stay. */
  'engine:remove': { input: itemInput, reply: reply<null>() },
  /** Adds a model from an address, with the hash that is published beside it. */
  'engine:add-address': {
    input: z.strictObject({
      url: z.url({ protocol: /^https?$/ }).max(2000),
      sha256: sha256Schema,
      role: z.enum(modelFileRoles),
    }),
    reply: reply<null>(),
  },
  /** Asks the user for a model file (GGUF or safetensors), which is used where it is. Null if the user cancels. */
  'engine:choose-model': { input: noInput, reply: reply<InstalledItem | null>() },
  /** Asks the user for an installed `sd-server`. Null if the user cancels. */
  'engine:choose-engine': { input: noInput, reply: reply<string | null>() },
  /** Uses the downloaded engine again. */
  'engine:forget-own': { input: noInput, reply: reply<null>() },
} satisfies Record<string, RequestDefinition>;

export type EngineEvents = {
  'engine:changed': EngineStatus;
};
