// The ids of rows.
import { v7 } from 'uuid';

/** Returns a UUIDv7, so that ids sort by the time at which they were made. */
export const newId = v7;
