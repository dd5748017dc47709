// Folders that the user has chosen and not confirmed. The page gets an id for each, and can name no other folder.
import { newId } from '../../db/new-id';

/** More are not remembered; the oldest one is forgotten first. */
const maxChoices = 8;

export function createFolderChoices() {
  const choices = new Map<string, string>();
  return {
    /** @param folder absolute. @returns the id by which it can be taken once. */
    add(folder: string): string {
      const choiceId = newId();
      choices.set(choiceId, folder);
      for (const old of [...choices.keys()].slice(0, -maxChoices)) choices.delete(old);
      return choiceId;
    },
    take(choiceId: string): string | undefined {
      const folder = choices.get(choiceId);
      choices.delete(choiceId);
      return folder;
    },
  };
}
