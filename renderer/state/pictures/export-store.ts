// The running export: its progress and its result.
import { create } from 'zustand';
import type { ExportProgress, exportKinds } from '../../../shared/contract/export';
import { request } from '../../ipc';
import { formatCount } from '../../ui/format';
import { toast } from '../../ui/toasts';

type ExportState = {
  /** Null while no export is running. */
  progress: ExportProgress | null;
  start: (imageIds: string[], as: (typeof exportKinds)[number]) => Promise<void>;
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

  cancel: () => void request('export:cancel', {}),

  receive: (progress) => set({ progress }),
}));
