// The names of measured steps in the language of the interface. Their own names are those of the code and of the log.
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
} as const;

/** Returns the name itself for a step that has no text. */
export function nameOfStep(name: string): string {
  return isKnown(name) ? t(texts[name]) : name;
}

function isKnown(name: string): name is keyof typeof texts {
  return Object.hasOwn(texts, name);
}
