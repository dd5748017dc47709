// Answers requests about the ComfyUI workflows of a service.
import type { RequestInput } from '../../../shared/contract';
import type { workflowRequests } from '../../../shared/contract/workflows';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { maxWorkflows, type WorkflowFiles } from '../../../shared/domain/workflows';
import type { Store } from '../db/open';
import type { HandlersOf } from '../ipc/handlers';
import type { Services } from './services';

export type WorkflowParts = {
  store: Pick<Store, 'workflows' | 'transaction'>;
  services: Pick<Services, 'find'>;
  listFiles: (service: string, classes: readonly string[]) => Promise<Result<WorkflowFiles>>;
  /** Sends the generator the new list. */
  onChange: () => void;
};

export function createWorkflowHandlers({ store, services, listFiles, onChange }: WorkflowParts) {
  return {
    'workflows:list': ({ service }: RequestInput<'workflows:list'>) => success(store.workflows.list(service)),
    'workflows:save': ({ service, workflow }: RequestInput<'workflows:save'>) => {
      if (services.find(service)?.kind !== 'comfyui') return failure('not_found');
      const others = store.workflows.list(service).filter(({ name }) => name !== workflow.name);
      if (others.length >= maxWorkflows) return failure('too_many_workflows');
      store.transaction(() => store.workflows.save(service, workflow));
      onChange();
      return success(null);
    },
    'workflows:remove': ({ service, name }: RequestInput<'workflows:remove'>) => {
      store.transaction(() => store.workflows.remove(service, name));
      onChange();
      return success(null);
    },
    'workflows:files': ({ service, classes }: RequestInput<'workflows:files'>) => listFiles(service, classes),
  } satisfies HandlersOf<typeof workflowRequests>;
}
