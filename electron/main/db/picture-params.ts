// Reads the params column: JSON that an older or a newer version may have written.

import { type PictureParams, pictureParamsSchema } from '../../../shared/domain/models';
import { parseJson } from '../../../shared/domain/parse-json';
import { type ImportedParams, importedParamsSchema } from '../../../shared/domain/read-recipe';

/** Returns the parameters, or null if this version cannot read them. */
export function readParams(json: string | null): PictureParams | null {
  return pictureParamsSchema.safeParse(parseJson(json)).data ?? null;
}

/** Returns the parameters read from an imported picture's file, or null if this version cannot read them. */
export function readImportedParams(json: string | null): ImportedParams | null {
  return importedParamsSchema.safeParse(parseJson(json)).data ?? null;
}
