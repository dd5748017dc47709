// The draft that version 0.1 kept in localStorage. It is migrated once.

import { v5 } from 'uuid';
import { type Draft, draftChoicesSchema, draftSchema } from '../../../shared/domain/draft';
import { parseJson } from '../../../shared/domain/parse-json';

const textKey = 'draft';
const choicesKey = 'draft-choices';
const namespace = 'f2b1c7de-6a0e-4f0b-9a53-0d5cb7a7a6d1';

/** Returns the draft of an older version, or null if there is none. */
export function readLegacyDraft(): Draft | null {
  const text = localStorage.getItem(textKey) ?? '';
  const choices = draftChoicesSchema.parse(Object(parseJson(localStorage.getItem(choicesKey))));
  if (text.trim() === '' && choices.references.length === 0) return null;
  // A stable id, because localStorage may restore a draft after a kill, and it must not be sent twice.
  const questionId = v5(JSON.stringify({ text, ...choices }), namespace);
  return draftSchema.safeParse({ ...choices, text, questionId }).data ?? null;
}

export function forgetLegacyDraft(): void {
  localStorage.removeItem(textKey);
  localStorage.removeItem(choicesKey);
}
