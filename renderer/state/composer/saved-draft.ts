// What the user is writing, as the browser keeps it, under the data folder like everything else.
import { type DraftChoices, draftChoicesSchema } from '../../../shared/domain/draft';

const textKey = 'draft';
const choicesKey = 'draft-choices';

export const keptText = localStorage.getItem(textKey) ?? '';

/** They belong to a draft: where nothing is being written and nothing attached, the next one begins anew. */
export const keptChoices = readChoices();
let choices = keptChoices;

export function keepText(text: string): void {
  localStorage.setItem(textKey, text);
}

export function keepChoices(changes: Partial<DraftChoices>): void {
  choices = { ...choices, ...changes };
  localStorage.setItem(choicesKey, JSON.stringify(choices));
}

function readChoices(): DraftChoices {
  const kept = draftChoicesSchema.parse(parse(localStorage.getItem(choicesKey) ?? ''));
  return keptText.trim() === '' && kept.references.length === 0 ? draftChoicesSchema.parse({}) : kept;
}

function parse(json: string): object {
  try {
    return Object(JSON.parse(json));
  } catch {
    return {};
  }
}
