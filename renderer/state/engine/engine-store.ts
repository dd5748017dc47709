// The engine on this computer: its last reported status, with offers, downloads and installed items.
import { create } from 'zustand';
import type { RequestInput } from '../../../shared/contract';
import type { EngineDownload, EngineStatus, InstalledItem } from '../../../shared/domain/engine';
import type { EngineItemId } from '../../../shared/domain/engine-catalogue';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';
import type { Waiting } from '../connect-store';

type EngineState = {
  /** Null until it was read. */
  status: EngineStatus | null;
  /** Why it could not be read, in a sentence. */
  problem: string | null;
  /** The model whose download has ended in this run, until the user has seen it. */
  finished: EngineItemId | null;
  /** The request for which the user started a download. It is kept after the sheet is closed. */
  waiting: Waiting | null;
  /** Examines the computer and the disk. */
  read: () => Promise<void>;
  /** Keeps the status with the highest revision. */
  receive: (status: EngineStatus) => void;
  waitFor: (waiting: Waiting | null) => void;
  /** Records that the user has seen the end of a download. */
  acknowledge: () => void;
  download: (model: EngineItemId) => Promise<void>;
  pause: (model: EngineItemId) => Promise<void>;
  cancel: (model: EngineItemId) => Promise<void>;
  remove: (id: EngineItemId) => Promise<void>;
  /** @returns why the model cannot be added, as a sentence; null if its download has started. */
  addAddress: (input: RequestInput<'engine:add-address'>) => Promise<string | null>;
  /** Asks for a model file. @returns null if the user cancels or the file cannot be used. */
  chooseModel: () => Promise<InstalledItem | null>;
  /** Asks for an `sd-server`. @returns whether one was chosen. */
  chooseEngine: () => Promise<boolean>;
  forgetOwnEngine: () => Promise<void>;
};

/** Adds the name and the size from the offer to a download of the last run, which lacks them. */
function named(download: EngineDownload, { offers }: EngineStatus): EngineDownload {
  const { model, receivedBytes, totalBytes } = download;
  const offer = offers.find((each) => each.model === model);
  if (!offer || totalBytes > 0) return download;
  return { ...download, label: offer.label, totalBytes: receivedBytes + offer.downloadBytes };
}

type ModelRequest = 'engine:download' | 'engine:pause' | 'engine:cancel';

export const useEngine = create<EngineState>()((set, get) => {
  let isReading = false;

  async function ask(name: ModelRequest, model: EngineItemId): Promise<void> {
    const reply = await request(name, { model });
    if (!reply.ok) toast(reply.message, { tone: 'problem' });
  }

  return {
    status: null,
    problem: null,
    finished: null,
    waiting: null,

    async read() {
      if (isReading) return;
      isReading = true;
      const reply = await request('engine:status', {});
      isReading = false;
      if (reply.ok) get().receive(reply.value);
      else set({ problem: reply.message });
    },

    receive(received) {
      const { status: before, finished } = get();
      if (before && received.revision < before.revision) return;
      const status = { ...received, downloads: received.downloads.map((each) => named(each, received)) };
      const ended = before?.downloads.find(
        ({ model }) =>
          status.installed.some(({ id, isDamaged }) => id === model && !isDamaged) &&
          !status.downloads.some((download) => download.model === model),
      );
      set({ status, problem: null, finished: ended?.model ?? finished });
    },

    waitFor(waiting) {
      set({ waiting });
    },

    acknowledge() {
      set({ finished: null });
    },

    download: (model) => ask('engine:download', model),
    pause: (model) => ask('engine:pause', model),
    cancel: (model) => ask('engine:cancel', model),

    async remove(id) {
      const reply = await request('engine:remove', { id });
      if (!reply.ok) toast(reply.message, { tone: 'problem' });
      if (get().finished === id) set({ finished: null });
    },

    async addAddress(input) {
      const reply = await request('engine:add-address', input);
      return reply.ok ? null : reply.message;
    },

    async chooseModel() {
      const reply = await request('engine:choose-model', {});
      if (reply.ok) return reply.value;
      toast(reply.message, { tone: 'problem' });
      return null;
    },

    async chooseEngine() {
      const reply = await request('engine:choose-engine', {});
      if (!reply.ok) toast(reply.message, { tone: 'problem' });
      return reply.ok && reply.value !== null;
    },

    async forgetOwnEngine() {
      const reply = await request('engine:forget-own', {});
      if (!reply.ok) toast(reply.message, { tone: 'problem' });
    },
  };
});
