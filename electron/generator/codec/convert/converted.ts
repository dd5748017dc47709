// The result of converting a picture of another format.
import type { LeftOut } from '../../../../shared/domain/import';

/** A PNG, WebP or JPEG of the upright picture in sRGB, and the content of the file that it leaves out. */
export type Converted = { bytes: Uint8Array; leftOut: LeftOut[] };
