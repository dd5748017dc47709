// Schemas that several features' requests share.
import { z } from 'zod';

/** Maximum number of pictures that one request may name. */
const maxSelected = 10_000;

export const idSchema = z.uuid();
export const noInput = z.strictObject({});
export const imageIdsSchema = z.array(idSchema).max(maxSelected);
