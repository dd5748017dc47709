// The expected state of a message after a kill at each fault point, and the number of its requests.
import type { FaultPoint } from '../../shared/domain/fault-points';
import type { GoogleServer } from '../servers/google-server';
import { read } from './checks';

export type Ending = {
  /** `none`: nothing was acknowledged, so there is no row. */
  status: 'none' | 'ready' | 'interrupted';
  /** Total number of requests that the provider has received, before the kill and after it. */
  requests: number;
};

const nothing: Ending = { status: 'none', requests: 0 };
/** The kill came before the request could have been sent, so the picture is made after the restart. */
const madeAfterwards: Ending = { status: 'ready', requests: 1 };
/** The row says that the request may have been sent, although it was not, so it is never repeated without the user. */
const perhapsSent: Ending = { status: 'interrupted', requests: 0 };
/** The request was paid for, and its answer was only in memory. */
const paidAndLost: Ending = { status: 'interrupted', requests: 1 };
/** The answer was on disk. */
const recovered: Ending = { status: 'ready', requests: 1 };

/** Endings of a picture of a billed provider. A fault point that a version lacks is never looked up. */
const billedPictureEndings: Readonly<Record<FaultPoint, Ending> & Record<string, Ending>> = {
  'send: in the transaction': nothing,
  'send: committed': madeAfterwards,
  'send: replied': madeAfterwards,
  'begin: starts': madeAfterwards,
  'begin: committed': perhapsSent,
  'generator: before the request': perhapsSent,
  'generator: the answer is in memory': paidAndLost,
  'arrive: the facts are written': paidAndLost,
  'store: the bytes have arrived': recovered,
  'store: the recipe is written': recovered,
  'store: the picture has its name': recovered,
  'settle: in the transaction': recovered,
  'settle: committed': recovered,
  'settle: broadcast': recovered,
  'drain: in the transaction': recovered,
  'drain: committed': recovered,
  'derive: among the small versions': recovered,
};

/** Endings of a text of a billed model. A text does not reach the other points. */
export const billedTextEndings: Readonly<Record<string, Ending>> = {
  'send: in the transaction': nothing,
  'send: committed': madeAfterwards,
  'begin: committed': perhapsSent,
  'settle: in the transaction': paidAndLost,
  'settle: committed': recovered,
};

/** The kind of message. A billed model answers a question with a text; the painter only draws pictures. */
export type Sent = 'prompt' | 'question';

export type KilledMessage = {
  dataFolder: string;
  /** The server that received the requests; null for a free provider. */
  google: GoogleServer | null;
  text: string;
  sent: Sent;
  point: FaultPoint;
};

/** @returns the problems of the message's state and its requests, each a sentence. */
export function wrongEnding({ dataFolder, google, text, sent, point }: KilledMessage): string[] {
  const expected = (google && sent === 'question' ? billedTextEndings : billedPictureEndings)[point];
  if (!expected) throw new Error(`The answer to a ${sent} does not reach "${point}".`);
  // A free provider repeats an acknowledged request as often as needed.
  const status = google || expected.status === 'none' ? expected.status : 'ready';
  const actual = statusesOf(dataFolder, text).join(', ') || 'none';
  const wrong = actual === status ? [] : [`"${text}" is ${actual} after a kill at "${point}", not ${status}`];
  if (!google) return wrong;
  const requests = google.requests.filter((request) => request.prompt === text).length;
  if (requests !== expected.requests)
    wrong.push(`"${text}" was requested ${requests} times, not ${expected.requests}, at "${point}"`);
  return wrong;
}

/**
 * Returns the statuses of a message's answers. Each message starts its own conversation, so these are the answers
 * in it.
 */
function statusesOf(dataFolder: string, text: string): string[] {
  const quoted = text.replaceAll("'", "''");
  const rows = read(
    dataFolder,
    `SELECT answer.status FROM messages answer JOIN messages question USING (conversation_id)
     WHERE answer.role = 'assistant' AND question.role = 'user' AND question.text = '${quoted}'`,
  );
  return rows.map(({ status }) => String(status));
}
