// Every text of the interface, translated. See ../en/index.ts.
import type { Catalogue } from '../en';

export const ja: Partial<Catalogue> = {};
