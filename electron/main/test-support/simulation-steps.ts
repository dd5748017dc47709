// The simulation's steps: what users and the world do, one at random after another.
import type { IpcMainInvokeEvent } from 'electron';
import type { Message } from '../../../shared/domain/conversations';
import { newId } from '../db/new-id';
import type { Simulation } from './simulation';

const texts = [
  'a red fox at dawn',
  'a lighthouse in a storm',
  'what is a fox?',
  'draw a boat',
  'how are you?',
];
const hourMs = 3_600_000;
/** Handlers of the chat do not use the sender. */
const noSender = {} as IpcMainInvokeEvent;

/** State that the steps share. */
export type History = {
  conversations: string[];
  sent: {
    questionId: string;
    conversationId: string;
    text: string;
    answerIds: string[];
    /** The question that it is another version of. */
    edits?: string;
  }[];
  /** How often each message was retried. */
  retries: Map<string, number>;
};

export function createHistory(): History {
  return { conversations: [], sent: [], retries: new Map() };
}

/** Takes one step. @returns what it was, for the report of a failure. */
export async function takeStep(simulation: Simulation, history: History): Promise<string> {
  const { random, time, world } = simulation;
  const [name, step] = pick(random, steps);
  try {
    await step(simulation, history);
  } catch (error) {
    // The request fails; the renderer is told so.
    if (!(error instanceof Error) || !/^(SQLITE_|$)/.test(error.message)) throw error;
  }
  await time.runTurns();
  if (random() < 0.7) await time.advance(random() * 3000);
  await simulation.revive();
  return world.isFull || world.isLocked ? `${name} (disk full or locked)` : name;
}

type Step = (simulation: Simulation, history: History) => unknown;

const steps: readonly (readonly [string, Step])[] = [
  ['send', send],
  ['send', send],
  ['send', send],
  ['send again', sendAgain],
  ['edit', edit],
  ['stop', stop],
  ['stop', stop],
  ['retry', retry],
  ['retry', retry],
  ['ask another service', askAnotherService],
  ['delete', deleteConversation],
  ['undo', (simulation, history) => restore(simulation, history, true)],
  ['restore', (simulation, history) => restore(simulation, history, false)],
  ['prefetch', prefetch],
  ['choose a provider', chooseProvider],
  ['set the clock', ({ world, random }) => (world.clockMs += (random() - 0.5) * 100 * hourMs)],
  ['fill the disk', ({ world, random }) => (world.isFull = random() < 0.3)],
  ['lock the database', ({ world, random }) => (world.isLocked = random() < 0.3)],
  ['look for arrivals', offerArrivals],
  ['crash the generator', (simulation) => simulation.crashGenerator()],
  ['die in a transaction', ({ world, random }) => (world.transactionsLeft = Math.floor(random() * 4))],
  ['kill', (simulation) => simulation.kill()],
  ['quit', (simulation) => simulation.quit()],
  ['wait', ({ time, random }) => time.advance(random() * 20_000)],
];

function pick<Value>(random: () => number, list: readonly Value[]): Value {
  const value = list[Math.floor(random() * list.length)];
  if (value === undefined) throw new Error('Cannot pick from an empty list.');
  return value;
}

async function send(simulation: Simulation, { conversations, sent }: History): Promise<void> {
  const { random } = simulation;
  const isNew = conversations.length === 0 || random() < 0.3;
  const conversationId = isNew ? newId() : pick(random, conversations);
  if (isNew) conversations.push(conversationId);
  const message = newMessage(simulation, conversationId);
  sent.push(message);
  await request(simulation, message);
}

function newMessage({ random }: Simulation, conversationId: string): History['sent'][number] {
  const answerIds = Array.from({ length: 1 + Math.floor(random() * 3) }, () => newId());
  return { questionId: newId(), conversationId, text: pick(random, texts), answerIds };
}

/** Sends another version of a question, perhaps while it is being answered. */
async function edit(simulation: Simulation, { sent }: History): Promise<void> {
  const question = pickMessage(simulation, ({ role }) => role === 'user');
  if (!question) return;
  const message = { ...newMessage(simulation, question.conversationId), edits: question.id };
  sent.push(message);
  await request(simulation, message);
}

async function sendAgain(simulation: Simulation, { sent }: History): Promise<void> {
  if (sent.length > 0) await request(simulation, pick(simulation.random, sent));
}

async function request(simulation: Simulation, message: History['sent'][number]): Promise<void> {
  const { random } = simulation;
  const reply = await simulation.app().handlers['chat:send'](
    {
      ...message,
      ...{ isNew: true, isDraft: true, mode: 'auto', aspectRatio: '1:1' },
      ...(random() < 0.5 && { fresh: true }),
    },
    noSender,
  );
  if (reply.ok) simulation.show(reply.value.messages);
}

async function stop(simulation: Simulation): Promise<void> {
  const message = pickMessage(simulation, ({ role }) => role === 'assistant');
  if (message) await simulation.app().handlers['messages:cancel']({ messageId: message.id }, noSender);
}

async function retry(simulation: Simulation, history: History): Promise<void> {
  const message = pickMessage(simulation, ({ status }) =>
    /^(failed|cancelled|interrupted|limited)$/.test(status),
  );
  if (message) await retryMessage(simulation, history, message.id);
}

async function retryMessage(simulation: Simulation, { retries }: History, messageId: string): Promise<void> {
  // Counted even if the reply is lost: the process may die after the commit.
  retries.set(messageId, (retries.get(messageId) ?? 0) + 1);
  const reply = await simulation.app().handlers['messages:retry']({ messageId }, noSender);
  if (reply.ok) simulation.show([reply.value]);
}

/** Stops a picture that waits, and asks for it at another service before anything else happens. */
async function askAnotherService(simulation: Simulation, history: History): Promise<void> {
  const waiting = pickMessage(simulation, ({ kind, status }) => kind === 'image' && status === 'pending');
  if (!waiting) return;
  await simulation.app().handlers['messages:cancel']({ messageId: waiting.id }, noSender);
  await simulation.time.runTurns();
  chooseProvider(simulation);
  if (simulation.shown.get(waiting.id)?.status === 'cancelled')
    await retryMessage(simulation, history, waiting.id);
}

function pickMessage({ random, shown }: Simulation, isWanted: (message: Message) => boolean): Message | null {
  const found = [...shown.values()].filter(isWanted);
  return found.length === 0 ? null : pick(random, found);
}

async function deleteConversation(simulation: Simulation, { conversations }: History): Promise<void> {
  if (conversations.length === 0) return;
  const conversationId = pick(simulation.random, conversations);
  await simulation.app().handlers['conversations:delete']({ conversationId }, noSender);
}

async function restore(simulation: Simulation, { conversations }: History, isUndo: boolean): Promise<void> {
  if (conversations.length === 0) return;
  const conversationId = pick(simulation.random, conversations);
  await simulation.app().handlers['conversations:restore']({ conversationId, isUndo }, noSender);
}

async function prefetch(simulation: Simulation): Promise<void> {
  const text = pick(simulation.random, texts);
  await simulation.app().handlers['chat:prefetch']({ text, mode: 'auto', aspectRatio: '1:1' }, noSender);
}

/** Does what housekeeping does: offers every answer that has arrived and is not a picture's file. */
export function offerArrivals({ app, disk }: Simulation): void {
  const stored = new Set(disk.stored.values());
  const found = [...disk.arrived].filter(([requestId]) => !stored.has(requestId));
  app().chat.dispatcher.adopt(found.map(([, arrival]) => arrival));
}

function chooseProvider({ store, random }: Simulation): void {
  const provider = pick(random, ['painter', 'google', 'google', 'openai'] as const);
  store.transaction(() => store.settings.write({ provider, prefetchBilled: random() < 0.5 }));
}
