// The headline figures as a table, and their rows of the table of limits.
import type { HeadlineFigures, HeadlineOptions, Summary } from './headline';
import { type LimitRow, rowAgainstFloor, rowOfValue } from './limits';

/** Two frames of a 60 Hz display. */
const twoFramesMs = 33;
const maxReplyAgainstPing = 3;
const maxScreenAgainstEncode = 1.5;
const minSoonerPercent = 99;

/** Returns the headline's rows of the table of limits. */
export function headlineRows({ before, after, idle, bareEncode }: HeadlineFigures): LimitRow[] {
  const sooner = 100 * (1 - after.placeholder.p50 / before.placeholder.p50);
  return [
    rowOfValue('Enter to placeholder painted (ms, p95)', after.placeholder.p95, { atMost: twoFramesMs }),
    rowOfValue('Placeholder sooner than Before (%, p50)', sooner, { atLeast: minSoonerPercent }),
    rowAgainstFloor('Reply to a message against an empty request (ms, p50)', idle.reply.p50, idle.ping.p50, {
      atMost: maxReplyAgainstPing,
    }),
    rowAgainstFloor(
      'Last byte to full picture on screen, against a bare encode (ms, p50)',
      after.lastByteToScreen.p50,
      bareEncode.p50,
      { atMost: maxScreenAgainstEncode },
    ),
  ];
}

export function printHeadline(
  { before, after, idle, bareEncode }: HeadlineFigures,
  { delayMs, rounds }: HeadlineOptions,
): void {
  const show = ({ p50, p95 }: Summary) => `${p50.toFixed(1)} / ${p95.toFixed(1)}`;
  console.log(`\nA service that takes ${delayMs} ms; ${rounds} pictures each; ms as p50 / p95\n`);
  console.table({
    'Enter to placeholder painted': { before: show(before.placeholder), after: show(after.placeholder) },
    'Enter to reply': { before: show(before.reply), after: show(after.reply) },
    'Reply to chat:send, app idle': { after: show(idle.reply) },
    'Empty request, app idle': { after: show(idle.ping) },
    'Last byte to full picture on screen': {
      before: show(before.lastByteToScreen),
      after: show(after.lastByteToScreen),
    },
    'Bare encode of the same picture': { after: show(bareEncode) },
  });
}
