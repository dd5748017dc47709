// Translates the names of measured steps. Untranslated names are used in the code and in the log.
import { unnamedTask } from '../../../shared/domain/long-tasks';
import { t } from '../../../shared/languages/translate';

const texts = {
  'Answer a message': 'diagnostics.step_answer',
  'Settle a job': 'diagnostics.step_settle',
  'Make and keep a picture': 'diagnostics.step_make',
  'Keep a picture': 'diagnostics.step_keep',
  'Drain the outbox': 'diagnostics.step_drain',
  'Wait for the reply': 'diagnostics.step_wait',
  'Show a picture that has landed': 'diagnostics.step_show_picture',
  'Show the answer to a message': 'diagnostics.step_show_answer',
  'Start the generator': 'diagnostics.step_start_generator',
  Settle: 'diagnostics.task_settle',
  'A message of the generator': 'diagnostics.task_message',
  [unnamedTask]: 'diagnostics.task_unnamed',
} as const;

/** Returns the name itself for a step that has no text. */
export function nameOfStep(name: string): string {
  return isKnown(name) ? t(texts[name]) : name;
}

/** Returns the translated name of a long task. Names of requests and messages stay as in the code. */
export function nameOfTask(name: string): string {
  const [, request] = /^Request (.+)$/.exec(name) ?? [];
  if (request !== undefined) return t('diagnostics.task_request', { name: request });
  const [, task] = /^Generator: (.+)$/.exec(name) ?? [];
  return task === undefined
    ? nameOfStep(name)
    : t('diagnostics.task_of_generator', { task: nameOfTask(task) });
}

function isKnown(name: string): name is keyof typeof texts {
  return Object.hasOwn(texts, name);
}
