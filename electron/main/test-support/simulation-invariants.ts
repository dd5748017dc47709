// The invariants of every simulation once nothing is left to happen.
import type { Arrival } from '../../../shared/generator/arrivals';
import { isBilled } from '../../../shared/generator/billing';
import type { Simulation } from './simulation';
import { type History, offerArrivals } from './simulation-steps';

/** Longer than everything that waits: an hour. */
const quietMs = 3_600_000;

/** Ends all faults, lets the work end, and returns what is wrong; empty if everything holds. */
export async function findBrokenInvariants(simulation: Simulation, { retries }: History): Promise<string[]> {
  const { store, query, time, world, disk, shown, problems, uncertain } = simulation;
  Object.assign(world, { isFull: false, isLocked: false, transactionsLeft: null });
  await simulation.revive();
  await time.advance(quietMs);
  // Nobody sends the last prefetch. An adoption that failed is offered again an hour later.
  simulation.app().chat.context.prefetch.stop();
  for (let hour = 0; hour < 5; hour += 1) {
    offerArrivals(simulation);
    await time.advance(quietMs);
  }
  if (store.outbox.count() > 0) problems.push('the outbox is not drained');

  for (const { id, status, isInTrash } of store.messages.unfinished()) {
    if (status !== 'pending' || !isInTrash) problems.push(`message ${id} is ${status} for ever`);
  }
  for (const message of shown.values()) {
    const row = store.messages.find(message.id);
    const differs = row?.status !== message.status || row.error?.code !== message.error?.code;
    if (differs)
      problems.push(`message ${message.id} is shown as ${message.status} and stored as ${row?.status}`);
  }

  const ledger = query<{ id: string; state: string; amount: number | null }>(
    'SELECT id, state, amount_micro_usd AS amount FROM charges',
  );
  const charges = new Set(ledger.map(({ id }) => id));
  for (const { id, state, amount } of ledger) {
    if (uncertain.has(id)) continue;
    if (state === 'open') problems.push(`charge ${id} is open for ever: ${describe(simulation, id)}`);
    if (disk.free.has(id) && amount !== 0) problems.push(`charge ${id} is ${amount}, and it cost nothing`);
  }
  const left = new Set(disk.left.map(({ requestId }) => requestId));
  for (const { requestId, isBilled } of disk.left) {
    if (isBilled && !charges.has(requestId)) problems.push(`request ${requestId} left without a charge`);
  }
  for (const id of charges) {
    if (!left.has(id) && !uncertain.has(id))
      problems.push(`charge ${id} is for a request that never left: ${describe(simulation, id)}`);
  }
  const billed = disk.left.filter(({ isBilled }) => isBilled).map(({ requestId }) => requestId);
  if (new Set(billed).size !== billed.length) problems.push('a billed request left twice');

  const limited = query<{ id: string; count: number }>(
    `SELECT message_id AS id, count(*) AS count FROM image_generation_log WHERE outcome = 'limited' GROUP BY message_id`,
  );
  const postponements = new Map(limited.map(({ id, count }) => [id, count]));
  const requests = new Map<string, number>();
  for (const { messageId, isBilled } of disk.left) {
    if (isBilled) requests.set(messageId, (requests.get(messageId) ?? 0) + 1);
  }
  for (const [id, count] of requests) {
    const allowed = 1 + (retries.get(id) ?? 0) + (postponements.get(id) ?? 0);
    if (count > allowed) problems.push(`message ${id} made ${count} billed requests instead of ${allowed}`);
  }

  const pictures = query<{
    id: string;
    provider: string;
    inGallery: number;
    attempts: number;
  }>(`SELECT m.id, m.provider, (SELECT count(*) FROM user_images WHERE id = m.id) AS inGallery,
            (SELECT count(*) FROM image_generation_log WHERE message_id = m.id AND outcome = 'ready') AS attempts
     FROM messages m WHERE m.kind = 'image' AND m.status = 'ready' AND m.picture_id IS NULL`);
  for (const { id, provider, inGallery, attempts } of pictures) {
    const requestId = disk.stored.get(id) ?? '';
    const arrival = disk.arrived.get(requestId);
    if (!arrival) problems.push(`picture ${id} is ready without a file`);
    if (arrival && arrival.provider !== provider) problems.push(`picture ${id} has another provider’s name`);
    if (inGallery !== 1) problems.push(`picture ${id} is not in the gallery`);
    if (attempts !== 1) problems.push(`picture ${id} has ${attempts} successful attempts in the log`);
    const [charge] = query<{ state: string; amount: number | null }>(
      'SELECT state, amount_micro_usd AS amount FROM charges WHERE id = ?',
      arrival?.partOf?.requestId ?? requestId,
    );
    // If the first picture of an answer could not be stored, the others may still be there.
    const states = arrival?.partOf ? ['made', 'failed'] : ['made'];
    if (!charge || !states.includes(charge.state) || charge.amount !== wholeCostOf(simulation, arrival))
      problems.push(`picture ${id} is charged as ${JSON.stringify(charge)}`);
  }
  const stored = new Set(disk.stored.values());
  const adopted = new Set(query<{ id: string }>('SELECT id FROM user_images').map(({ id }) => id));
  for (const [requestId, arrival] of disk.arrived) {
    if (!isBilled(arrival) || (stored.has(requestId) && !adopted.has(requestId))) continue;
    const ownRow =
      arrival.partOf && query<Owner>('SELECT id, status FROM messages WHERE id = ?', requestId)[0];
    const asked = query<Owner>(
      'SELECT m.id, m.status FROM messages m JOIN charges c ON c.message_id = m.id WHERE c.id = ?',
      arrival.partOf?.requestId ?? requestId,
    )[0];
    const owner = ownRow ?? asked;
    const isWanted = owner !== undefined && owner.status !== 'ready';
    if (isWanted === adopted.has(requestId))
      problems.push(
        `arrival ${requestId} of a message that is ${owner?.status} is ${isWanted ? '' : 'not '}adopted`,
      );
  }
  const orders = query<{
    id: string;
  }>(`SELECT conversation_id AS id FROM messages GROUP BY conversation_id, branch
     HAVING count(DISTINCT seq) <> count(*) OR max(seq) - min(seq) + 1 <> count(*) OR (branch = '' AND min(seq) <> 1)`);
  for (const { id } of orders) problems.push(`the positions in conversation ${id} have gaps`);
  return problems;
}

type Owner = { id: string; status: string };

/** Returns what the request has cost that brought a picture. */
function wholeCostOf({ disk }: Simulation, arrival: Arrival | undefined): number | null | undefined {
  const first = arrival?.partOf ? disk.arrived.get(arrival.partOf.requestId) : arrival;
  return first?.answer ? first.answer.costMicroUsd : first?.costMicroUsd;
}

function describe({ query }: Simulation, chargeId: string): string {
  const [charge] = query<object>('SELECT * FROM charges WHERE id = ?', chargeId);
  const [message] = query<object>(
    'SELECT m.* FROM messages m JOIN charges c ON c.message_id = m.id WHERE c.id = ?',
    chargeId,
  );
  return JSON.stringify({ charge, message });
}
