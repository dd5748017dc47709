// The ComfyUI workflows of each service, and the files that the user's ComfyUI has for them.
import { create } from 'zustand';
import { maxFileClasses } from '../../../shared/contract/workflows';
import type { ServiceId } from '../../../shared/domain/services';
import { fileInputsOf, type Workflow, type WorkflowFiles } from '../../../shared/domain/workflows';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';
import { useProviders } from './providers-store';

type WorkflowsState = {
  workflows: Partial<Record<ServiceId, readonly Workflow[]>>;
  files: Partial<Record<ServiceId, WorkflowFiles>>;
  load: (service: ServiceId) => Promise<void>;
  /** Adds a workflow or replaces the one with its name. @returns whether it was saved. */
  save: (service: ServiceId, workflow: Workflow) => Promise<boolean>;
  remove: (service: ServiceId, workflow: Workflow) => Promise<void>;
};

export const useWorkflows = create<WorkflowsState>()((set, get) => {
  /** Asks ComfyUI which files its nodes can load. If it does not answer, there are no choices. */
  async function loadFiles(service: ServiceId): Promise<void> {
    const graphs = get().workflows[service] ?? [];
    const classes = [
      ...new Set(graphs.flatMap(({ graph }) => fileInputsOf(graph)).map((input) => input.class)),
    ];
    if (classes.length === 0) return;
    const reply = await request('workflows:files', { service, classes: classes.slice(0, maxFileClasses) });
    if (reply.ok) set(({ files }) => ({ files: { ...files, [service]: reply.value } }));
  }

  async function load(service: ServiceId): Promise<void> {
    const reply = await request('workflows:list', { service });
    if (!reply.ok) return toast(reply.message, { tone: 'problem' });
    set(({ workflows }) => ({ workflows: { ...workflows, [service]: reply.value } }));
    await loadFiles(service);
  }

  /** Reads the workflows and the list of models again, because the list includes the workflows. */
  async function reload(service: ServiceId): Promise<void> {
    await load(service);
    const reply = await request('provider:models', { provider: service });
    if (reply.ok) useProviders.getState().receiveModels(service, reply.value);
    // Until ComfyUI answers, the list of models stays as it was.
    else toast(reply.message, { tone: 'problem' });
  }

  async function save(service: ServiceId, workflow: Workflow): Promise<boolean> {
    const reply = await request('workflows:save', { service, workflow });
    if (!reply.ok) toast(reply.message, { tone: 'problem' });
    else await reload(service);
    return reply.ok;
  }

  return {
    workflows: {},
    files: {},
    load,
    save,

    async remove(service, workflow) {
      const { name } = workflow;
      const reply = await request('workflows:remove', { service, name });
      if (!reply.ok) return toast(reply.message, { tone: 'problem' });
      await reload(service);
      toast(t('settings.workflow_removed', { name }), {
        undo: {
          run: () => save(service, workflow),
          undone: t('ui.is_back', { name }),
          again: () => get().remove(service, workflow),
        },
      });
    },
  };
});

/** Returns a name for a new workflow that the service does not have yet. */
export function freeName(wanted: string, taken: readonly Pick<Workflow, 'name'>[]): string {
  const names = new Set(taken.map(({ name }) => name));
  const isFree = (name: string) => !names.has(name);
  if (isFree(wanted)) return wanted;
  for (let number = 2; ; number += 1) if (isFree(`${wanted} ${number}`)) return `${wanted} ${number}`;
}
