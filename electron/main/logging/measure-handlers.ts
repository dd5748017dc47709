// Measures the handlers of requests, so that long ones are recorded by name.
import type { LongTasks } from '../../../shared/domain/long-tasks';

type Handler = (...parts: never[]) => unknown;

export function measureHandlers<Handlers extends Record<string, Handler>>(
  handlers: Handlers,
  { measure }: Pick<LongTasks, 'measure'>,
): Handlers {
  const measured = Object.entries<Handler>(handlers).map(([name, handle]) => [
    name,
    // Not shown: a name in Diagnostics.
    (...parts: never[]) => measure(`Request ${name}`, () => handle(...parts)),
  ]);
  // Each function takes and returns what the original does, which Object.fromEntries forgets.
  return Object.fromEntries(measured) as Handlers;
}
