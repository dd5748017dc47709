// The watched folders, and the one that the user is about to add.
import { create } from 'zustand';
import type { RequestInput, RequestName } from '../../shared/contract';
import type { ChosenFolder } from '../../shared/contract/folders';
import type { FolderChoice, WatchedFolder } from '../../shared/domain/watched-folders';
import { t } from '../../shared/languages/translate';
import { request } from '../ipc';
import { toast } from '../ui/toasts';

type FoldersState = {
  /** Null until they are known. */
  folders: WatchedFolder[] | null;
  /** Why they could not be read; null otherwise. */
  problem: string | null;
  chosen: ChosenFolder | null;
  load: () => Promise<void>;
  receive: (folders: WatchedFolder[]) => void;
  /** Lets the user choose a folder, and asks how to watch it. */
  choose: () => Promise<void>;
  /** Watches the chosen folder. */
  watch: (choice: FolderChoice) => Promise<void>;
  forgetChosen: () => void;
  setEnabled: (folder: WatchedFolder, enabled: boolean) => Promise<void>;
  look: (folder: WatchedFolder) => Promise<void>;
  show: (folder: WatchedFolder) => Promise<void>;
  remove: (folder: WatchedFolder) => Promise<void>;
};

export const useFolders = create<FoldersState>()((set, get) => ({
  folders: null,
  problem: null,
  chosen: null,

  async load() {
    const reply = await request('folders:list', {});
    set(reply.ok ? { folders: reply.value, problem: null } : { problem: reply.message });
  },

  receive(folders) {
    set({ folders, problem: null });
  },

  async choose() {
    const reply = await request('folders:choose', {});
    if (!reply.ok) toast(reply.message, { tone: 'problem' });
    else if (reply.value) set({ chosen: reply.value });
  },

  async watch(choice) {
    const { chosen } = get();
    set({ chosen: null });
    if (chosen) await ask('folders:watch', { choiceId: chosen.choiceId, ...choice });
  },

  forgetChosen() {
    set({ chosen: null });
  },

  setEnabled: async ({ id }, enabled) => void (await ask('folders:set-enabled', { folderId: id, enabled })),

  look: async ({ id }) => void (await ask('folders:look', { folderId: id })),

  show: async ({ id }) => void (await ask('folders:show', { folderId: id })),

  async remove({ id, path }) {
    if (await ask('folders:remove', { folderId: id })) toast(t('import.watched_ended', { name: path }));
  },
}));

/** Sends a request and shows a failure. @returns whether it succeeded. */
async function ask<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<boolean> {
  const reply = await request(name, input);
  if (!reply.ok) toast(reply.message, { tone: 'problem' });
  return reply.ok;
}
