// The result of converting a picture of another format.
import type { LeftOut } from '../../../../shared/domain/import';

/** A PNG, WebP or JPEG of the upright picture in sRGB, and what else the file has, which it does not show. */
export type Converted = { bytes: Uint8Array; leftOut: LeftOut[] };
