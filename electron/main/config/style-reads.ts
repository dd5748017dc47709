// Reads for the styles.
import type { Reads } from '../db/read';

export const styleReads = {
  styles: { isOrdered: true, run: ({ store }) => store.styles.list() },
} satisfies Reads;
