// The running export: its progress and its result.

import { create } from 'zustand';
import type { ExportProgress, exportKinds } from '../../../shared/contract/export';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';
import { useSettings } from '../settings/settings-store';
import { useUsage } from '../usage/usage-store';

type ExportState = {
  /** Null while no export is running. */
  progress: ExportProgress | null;
  start: (imageIds: string[], as: (typeof exportKinds)[number]) => Promise<void>;
  /** Exports pictures, conversations, collections and settings. */
  startEverything: () => Promise<void>;
  /** Imports such an export. */
  importArchive: () => Promise<void>;
  cancel: () => void;
  receive: (progress: ExportProgress) => void;
};

export const useExport = create<ExportState>()((set) => ({
  progress: null,

  async start(imageIds, as) {
    const reply = await request('export:start', { imageIds, as });
    if (!reply.ok) {
      if (reply.code !== 'export_running') set({ progress: null });
      return toast(reply.message, { tone: 'problem' });
    }
    set({ progress: null });
    if (!reply.value) return;
    const { path, exported, skipped } = reply.value;
    toast(
      skipped > 0
        ? t('picture.exported_but', { count: exported, path, skipped })
        : t('picture.exported', { count: exported, path }),
    );
  },

  async startEverything() {
    const reply = await request('export:everything', {});
    if (!reply.ok) {
      if (reply.code !== 'export_running') set({ progress: null });
      return toast(reply.message, { tone: 'problem' });
    }
    set({ progress: null });
    if (!reply.value) return;
    const { path, pictures, conversations, missing } = reply.value;
    const exported = { pictures, chats: conversations, path };
    toast(
      missing > 0
        ? t('picture.everything_exported_but', { ...exported, missing })
        : t('picture.everything_exported', exported),
    );
  },

  async importArchive() {
    const reply = await request('export:bring-in', {});
    if (!reply.ok) {
      if (reply.code !== 'export_running') set({ progress: null });
      return toast(reply.message, { tone: 'problem' });
    }
    set({ progress: null });
    if (!reply.value) return;
    // An empty change replies with the settings, some of which may come from the export.
    await useSettings.getState().change({});
    // Its costs count here, too.
    useUsage.getState().refreshSoon();
    const { pictures, conversations, damaged, damagedConversations, isCancelled } = reply.value;
    const imported = { pictures, chats: conversations };
    const lost = { lostPictures: damaged, lostChats: damagedConversations };
    if (isCancelled) return toast(t('picture.import_cancelled', imported));
    if (damaged > 0 || damagedConversations > 0) {
      return toast(t('picture.imported_but', { ...imported, ...lost, lost: describeLosses(lost) }), {
        tone: 'problem',
      });
    }
    toast(pictures + conversations === 0 ? t('picture.nothing_to_import') : t('picture.imported', imported));
  },

  cancel: () => void request('export:cancel', {}),

  receive: (progress) => set({ progress }),
}));

function describeLosses({ lostPictures, lostChats }: { lostPictures: number; lostChats: number }): string {
  if (lostChats === 0) return 'pictures';
  return lostPictures === 0 ? 'chats' : 'both';
}
