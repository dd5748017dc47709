// Plans the content of a seeded data folder: conversations, messages and pictures.
import { v7 as uuidv7 } from 'uuid';
import { titleFrom } from '../../electron/main/chat/title';
import type { ErrorCode } from '../../shared/domain/errors';
import { models } from '../../shared/domain/model-catalogue';
import type { Model } from '../../shared/domain/models';
import { between, createRandom, exponential, pick, type Random } from '../harness/random';
import { createCalendar } from './calendar';
import { writePrompt, writeRemark, writeReply } from './sample-texts';

const pictureModels = models.filter(({ makes }) => makes === 'pictures');

export type PlannedPicture = {
  id: string;
  groupId: string;
  prompt: string;
  model: Model;
  seed: number;
  /** The index of its painted file. */
  file: number;
  createdAt: number;
  durationMs: number;
  favourite: boolean;
  /** When it was moved to Trash, or null. UTC milliseconds. */
  deletedAt: number | null;
};

export type PlannedMessage =
  | { kind: 'text'; id: string; role: 'user' | 'assistant'; text: string; createdAt: number }
  | { kind: 'picture'; picture: PlannedPicture }
  | { kind: 'failed'; picture: PlannedPicture; code: ErrorCode };

export type PlannedConversation = {
  id: string;
  title: string;
  createdAt: number;
  pinned: boolean;
  deletedAt: number | null;
  /** Oldest first. Can be iterated once. */
  messages: Iterable<PlannedMessage>;
};

export type PlanOptions = {
  pictures: number;
  messages: number;
  longest: number;
  files: number;
  seed: number;
  /** The latest time of any row. UTC milliseconds. */
  until: number;
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const days = 4 * 365;
/** Deleted rows are younger than this, because the app empties older ones from Trash. */
const trashMs = 25 * dayMs;
const failures = ['refused', 'rate_limited', 'timed_out', 'provider_unavailable', 'interrupted'] as const;

/** @returns a plan. The same options give the same plan. */
export function createPlan(options: PlanOptions) {
  const { until } = options;
  const random = createRandom(options.seed);
  const pickTime = createCalendar({ random, until, days });
  let picturesLeft = options.pictures;
  const answersWithPictures = Math.min(0.75, (1.3 * options.pictures) / Math.max(1, options.messages));

  function picture(prompt: string, groupId: string, createdAt: number): PlannedPicture {
    return {
      id: idAt(random, createdAt),
      groupId,
      prompt,
      model: pick(random, pictureModels),
      seed: between(random, 0, 2_147_483_647),
      file: Math.floor(random() * options.files),
      createdAt,
      durationMs: Math.round(800 + exponential(random, 5_000)),
      favourite: random() < 0.05,
      deletedAt: random() < 0.01 ? Math.max(createdAt, until - Math.floor(random() * trashMs)) : null,
    };
  }

  /** One message of the user and the replies to it: at most `room` messages. */
  function* turn(createdAt: number, room: number): Iterable<PlannedMessage> {
    const questionId = idAt(random, createdAt);
    const groupId = idAt(random, createdAt);
    const requestsPicture = random() < answersWithPictures && picturesLeft > 0;
    const text = requestsPicture ? writePrompt(random) : writeRemark(random);
    yield { kind: 'text', id: questionId, role: 'user', text, createdAt };
    if (room < 2) return;
    if (!requestsPicture) {
      const id = idAt(random, createdAt + 1);
      yield { kind: 'text', id, role: 'assistant', text: writeReply(random), createdAt: createdAt + 1 };
      return;
    }
    const count = Math.min(room - 1, picturesLeft, random() < 0.7 ? 1 : between(random, 2, 4));
    for (let index = 0; index < count; index += 1) {
      const made = picture(text, groupId, createdAt + 1 + index);
      if (random() < 0.02) yield { kind: 'failed', picture: made, code: pick(random, failures) };
      else {
        picturesLeft -= 1;
        yield { kind: 'picture', picture: made };
      }
    }
  }

  /** @param timeOf returns when a turn begins, from the number of messages before it. Must not decrease. */
  function* turns(count: number, timeOf: (before: number) => number): Iterable<PlannedMessage> {
    let messageCount = 0;
    let createdAt = 0;
    while (messageCount < count) {
      createdAt = Math.max(createdAt + 10, timeOf(messageCount));
      for (const message of turn(createdAt, count - messageCount)) {
        messageCount += 1;
        yield message;
      }
    }
  }

  /** Spans all years and was used last, so the app opens at its end. */
  function longConversation(count: number): PlannedConversation {
    const times = sortedTimes(pickTime, count);
    const timeOf = (before: number) =>
      count - before <= 10
        ? until - (count - before) * minuteMs
        : Math.min(times[before] ?? until, until - hourMs);
    const createdAt = Math.min(times[0] ?? until, until - hourMs);
    return {
      id: idAt(random, createdAt),
      title: 'Everything about the calendar 📅',
      createdAt,
      pinned: true,
      deletedAt: null,
      messages: turns(count, timeOf),
    };
  }

  function conversation(createdAt: number, count: number): PlannedConversation {
    let time = createdAt;
    const step = () => {
      time += Math.floor(2_000 + exponential(random, 90_000));
      return Math.min(time, until - dayMs / 2);
    };
    return {
      id: idAt(random, createdAt),
      title: titleFrom(writePrompt(random)),
      createdAt,
      pinned: random() < 0.005,
      deletedAt: random() < 0.01 ? until - Math.floor(random() * trashMs) : null,
      messages: turns(count, step),
    };
  }

  return {
    /** Iterate them in order and each to its end, because they share the remaining number of pictures. */
    *conversations(): Iterable<PlannedConversation> {
      const counts: number[] = [];
      let left = options.messages - options.longest;
      while (left > 0) {
        const count = Math.min(left, 2 + Math.floor(exponential(random, 24)));
        counts.push(count);
        left -= count;
      }
      const starts = sortedTimes(pickTime, counts.length);
      for (const [index, count] of counts.entries()) yield conversation(starts[index] ?? until, count);
      if (options.longest > 0) yield longConversation(options.longest);
    },
    /** The remaining pictures, whose conversations were permanently deleted. Oldest first. */
    *otherPictures(): Iterable<PlannedPicture> {
      for (const createdAt of sortedTimes(pickTime, picturesLeft)) {
        yield picture(writePrompt(random), idAt(random, createdAt), createdAt);
      }
    },
  };
}

function sortedTimes(pickTime: () => number, count: number): Float64Array {
  return Float64Array.from({ length: count }, pickTime).sort();
}

function idAt(random: Random, time: number): string {
  return uuidv7({
    msecs: time,
    random: Uint8Array.from({ length: 16 }, () => random() * 256),
    seq: between(random, 0, 0x7fffffff),
  });
}
