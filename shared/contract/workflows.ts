// ComfyUI workflows of a service: requests and replies.
import { z } from 'zod';
import { serviceIdSchema } from '../domain/services';
import {
  maxWorkflowLength,
  type Workflow,
  type WorkflowFiles,
  workflowNameSchema,
  workflowSchema,
} from '../domain/workflows';
import { type RequestDefinition, reply } from './request';

const serviceInput = z.strictObject({ service: serviceIdSchema });

/** Maximum number of node classes whose files one request asks for. */
export const maxFileClasses = 50;

export const workflowRequests = {
  'workflows:list': { input: serviceInput, reply: reply<Workflow[]>() },
  /** Adds a workflow after the others, or replaces the one with this name. */
  'workflows:save': {
    input: serviceInput.extend({
      workflow: workflowSchema.refine(
        ({ graph, places }) => JSON.stringify([graph, places]).length <= maxWorkflowLength,
      ),
    }),
    reply: reply<null>(),
  },
  /** Removes a workflow. Pictures that it made keep its name. */
  'workflows:remove': { input: serviceInput.extend({ name: workflowNameSchema }), reply: reply<null>() },
  /**
   * Asks ComfyUI which files nodes of these classes can load. The reply has a list for each input with a choice, by
   * `class/input`.
   */
  'workflows:files': {
    input: serviceInput.extend({ classes: z.array(z.string().min(1).max(300)).max(maxFileClasses) }),
    reply: reply<WorkflowFiles>(),
  },
} satisfies Record<string, RequestDefinition>;
