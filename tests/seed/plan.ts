// What is in a seeded data folder: which conversations there are, what is said in them, and which pictures were made.
import { v7 as uuidv7 } from 'uuid';
import { titleFrom } from '../../electron/main/chat/title';
import type { ErrorCode } from '../../shared/domain/errors';
import { models } from '../../shared/domain/model-catalogue';
import type { Model } from '../../shared/domain/models';
import { between, createRandom, pick, type Random, seldomLarge } from '../harness/random';
import { createCalendar } from './calendar';
import { writeAnswer, writePrompt, writeTalk } from './words';

const pictureModels = models.filter(({ makes }) => makes === 'pictures');

export type PlannedPicture = {
  id: string;
  groupId: string;
  prompt: string;
  model: Model;
  seed: number;
  /** Which of the painted files it shows. */
  file: number;
  createdAt: number;
  durationMs: number;
  favourite: boolean;
  /** Since when it is in Trash, or null. UTC milliseconds. */
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
  /** Oldest first. Can be gone through once. */
  messages: Iterable<PlannedMessage>;
};

export type PlanOptions = {
  pictures: number;
  messages: number;
  longest: number;
  files: number;
  seed: number;
  /** Nothing is newer. UTC milliseconds. */
  until: number;
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const days = 4 * 365;
/** What is in Trash was put there lately: it would not be there any more. */
const trashMs = 25 * dayMs;
const failures = ['refused', 'rate_limited', 'timed_out', 'provider_unavailable', 'interrupted'] as const;

/** @returns a plan; the same one for the same options. */
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
      durationMs: Math.round(800 + seldomLarge(random, 5_000)),
      favourite: random() < 0.05,
      deletedAt: random() < 0.01 ? Math.max(createdAt, until - Math.floor(random() * trashMs)) : null,
    };
  }

  /** What one thing a user says leads to, themselves first: at most `room` messages. */
  function* turn(createdAt: number, room: number): Iterable<PlannedMessage> {
    const questionId = idAt(random, createdAt);
    const groupId = idAt(random, createdAt);
    const asksForPicture = random() < answersWithPictures && picturesLeft > 0;
    const text = asksForPicture ? writePrompt(random) : writeTalk(random);
    yield { kind: 'text', id: questionId, role: 'user', text, createdAt };
    if (room < 2) return;
    if (!asksForPicture) {
      const id = idAt(random, createdAt + 1);
      yield { kind: 'text', id, role: 'assistant', text: writeAnswer(random), createdAt: createdAt + 1 };
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

  /** @param timeOf when a turn begins, by how many messages came before it; never less than before. */
  function* turns(count: number, timeOf: (before: number) => number): Iterable<PlannedMessage> {
    let said = 0;
    let createdAt = 0;
    while (said < count) {
      createdAt = Math.max(createdAt + 10, timeOf(said));
      for (const message of turn(createdAt, count - said)) {
        said += 1;
        yield message;
      }
    }
  }

  /** It goes through all of the years, and was used last: its end is what the app opens with. */
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
      time += Math.floor(2_000 + seldomLarge(random, 90_000));
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
    /** Go through them in order, each to its end: they share what is left of the pictures. */
    *conversations(): Iterable<PlannedConversation> {
      const counts: number[] = [];
      let left = options.messages - options.longest;
      while (left > 0) {
        const count = Math.min(left, 2 + Math.floor(seldomLarge(random, 24)));
        counts.push(count);
        left -= count;
      }
      const starts = sortedTimes(pickTime, counts.length);
      for (const [index, count] of counts.entries()) yield conversation(starts[index] ?? until, count);
      if (options.longest > 0) yield longConversation(options.longest);
    },
    /** The rest, whose conversations were removed for good since. Oldest first. */
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
