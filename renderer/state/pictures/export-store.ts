// The running export: its progress and its result.
import { create } from 'zustand';
import type { ExportProgress, exportKinds } from '../../../shared/contract/export';
import { request } from '../../ipc';
import { formatCount } from '../../ui/format';
import { toast } from '../../ui/toasts';
import { useSettings } from '../settings/settings-store';

type ExportState = {
  /** Null while no export is running. */
  progress: ExportProgress | null;
  start: (imageIds: string[], as: (typeof exportKinds)[number]) => Promise<void>;
  /** Exports pictures, conversations, collections and settings. */
  startEverything: () => Promise<void>;
  /** Brings such an export in. */
  bringIn: () => Promise<void>;
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
    const left =
      skipped > 0 ? ` ${formatCount(skipped, 'picture')} skipped because the file is missing.` : '';
    toast(`${formatCount(exported, 'picture')} exported to ${path}.${left}`);
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
    const what = `${formatCount(pictures, 'picture')} and ${formatCount(conversations, 'chat')}`;
    const left = missing > 0 ? ` The files of ${formatCount(missing, 'picture')} are missing.` : '';
    toast(`${what} exported to ${path}.${left}`);
  },

  async bringIn() {
    const reply = await request('export:bring-in', {});
    if (!reply.ok) {
      if (reply.code !== 'export_running') set({ progress: null });
      return toast(reply.message, { tone: 'problem' });
    }
    set({ progress: null });
    if (!reply.value) return;
    // No change: it answers with the settings, some of which may have come with the export.
    await useSettings.getState().change({});
    const { pictures, conversations, damaged, damagedConversations } = reply.value;
    const what = `${formatCount(pictures, 'picture')} and ${formatCount(conversations, 'chat')}`;
    const lost = [
      damaged > 0 && formatCount(damaged, 'picture'),
      damagedConversations > 0 && formatCount(damagedConversations, 'chat'),
    ].filter((each) => each !== false);
    if (lost.length > 0) {
      return toast(
        `${what} brought in. ${lost.join(' and ')} left out because the files are damaged or missing.`,
        { tone: 'problem' },
      );
    }
    const isNothing = pictures + conversations === 0;
    toast(isNothing ? 'Everything of this export is here already.' : `${what} brought in.`);
  },

  cancel: () => void request('export:cancel', {}),

  receive: (progress) => set({ progress }),
}));
