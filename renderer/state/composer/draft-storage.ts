// The draft as localStorage keeps it from one start of the app to the next, inside the data folder.
import { type DraftChoices, draftChoicesSchema } from '../../../shared/domain/draft';

const textKey = 'draft';
const choicesKey = 'draft-choices';

export const savedText = localStorage.getItem(textKey) ?? '';

/** Choices belong to a draft: without text and attachments, the next draft starts with the defaults. */
export const savedChoices = loadChoices();

/** A text of several million characters does not fit, so it lasts until the app ends. */
export function saveText(text: string): void {
  try {
    localStorage.setItem(textKey, text);
  } catch {
    // Half a draft would be worse than none.
    localStorage.removeItem(textKey);
  }
}

export function saveChoices(changes: Partial<DraftChoices>): void {
  localStorage.setItem(choicesKey, JSON.stringify({ ...readChoices(), ...changes }));
}

function loadChoices(): DraftChoices {
  const saved = readChoices();
  if (savedText.trim() !== '' || saved.references.length > 0) return saved;
  localStorage.removeItem(choicesKey);
  return readChoices();
}

function readChoices(): DraftChoices {
  return draftChoicesSchema.parse(parse(localStorage.getItem(choicesKey) ?? ''));
}

function parse(json: string): object {
  try {
    return Object(JSON.parse(json));
  } catch {
    return {};
  }
}
