// The targets of references inside an answer, whose definitions may be anywhere in it.
import type { Definition, FootnoteDefinition } from 'mdast';
import { createContext } from 'react';

type References = {
  /** Distinguishes the footnotes of one answer from those of another. */
  idPrefix: string;
  /** By normalized label. */
  definitions: ReadonlyMap<string, Definition>;
  /** By normalized label, in the order of their numbers. */
  footnotes: ReadonlyMap<string, FootnoteDefinition>;
};

export const ReferencesContext = createContext<References>({
  idPrefix: '',
  definitions: new Map(),
  footnotes: new Map(),
});

/** Returns the id of the element that holds a footnote. */
export const footnoteId = (prefix: string, number: number): string => `${prefix}footnote-${number}`;
