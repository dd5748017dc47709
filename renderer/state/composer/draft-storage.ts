// The draft as localStorage keeps it from one start of the app to the next, inside the data folder.
import { type DraftChoices, draftChoicesSchema } from '../../../shared/domain/draft';

const textKey = 'draft';
const choicesKey = 'draft-choices';

export const savedText = localStorage.getItem(textKey) ?? '';

/** Choices belong to a draft: without text and attachments, the next draft starts with the defaults. */
export const savedChoices = loadChoices();

export function saveText(text: string): void {
  localStorage.setItem(textKey, text);
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
