// The params column: JSON that an older or a newer version may have written.
import { type PictureParams, pictureParamsSchema } from '../../../shared/models';

/** @returns the parameters, or null where this version cannot read them. */
export function readParams(json: string | null): PictureParams | null {
  try {
    return pictureParamsSchema.parse(JSON.parse(json ?? ''));
  } catch {
    return null;
  }
}
