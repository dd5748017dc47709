// Texts about what went wrong outside any request: what happened, then what to do.
import type { AppProblem } from '../../../shared/contract/app';

export function problemText(problem: AppProblem): { title: string; text: string } {
  switch (problem.kind) {
    case 'unexpected_error':
      return {
        title: 'Something went wrong inside Afterimage',
        text: 'Your conversations and pictures are saved, and the app goes on. If something does not respond, restart it.',
      };
    case 'keys_unreadable':
      return {
        title: 'The saved API keys could not be read',
        text: `The file with them is kept as ${problem.movedTo}. Enter your keys again in Settings.`,
      };
    case 'services_unreadable':
      return {
        title: 'The services for this run could not be read',
        text: `${problem.reason} Your saved services are in use. Correct the file, then start Afterimage again.`,
      };
  }
}
