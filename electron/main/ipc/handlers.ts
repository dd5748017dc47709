// The types of the functions that answer requests.
import type { IpcMainInvokeEvent } from 'electron';
import type { Handler, RequestName } from '../../../shared/contract';

/** One function per request. It receives input that has passed the request's schema. */
export type Handlers = { [Name in RequestName]: Handler<Name, IpcMainInvokeEvent> };

/** The handlers of one feature, such as `HandlersOf<typeof chatRequests>`. */
export type HandlersOf<Requests> = Pick<Handlers, keyof Requests & RequestName>;
