// Finds the times that a search text names, each as a query of the gallery with its number of pictures.
import { datesOf, type GalleryQuery, withDates } from '../../../shared/domain/gallery-query';
import { type CalendarUnit, datesAround, periodOfDates, unitOfDates } from '../../../shared/domain/periods';
import { request } from '../../ipc';
import type { NamedDates } from '../../state/gallery/dates-text';
import { readDateWords } from './date-words';

export type NamedTime = {
  dates: NamedDates;
  /** The query for the pictures of that time, without the text. */
  query: GalleryQuery;
  count: number;
};

/** Returns the times that the query's text names, likeliest first, with their numbers of pictures. */
export function readNamedTimes(query: GalleryQuery): Promise<NamedTime[]> {
  return Promise.all(
    readDateWords(query.text).map(async (dates) => {
      const named = queryOf(query, dates);
      // Failures are reported by the search itself.
      const reply = await request('gallery:count', { query: named, isAside: true });
      return { dates, query: named, count: reply.ok ? reply.value : 0 };
    }),
  );
}

/** Returns the time that a text means if no prompt contains it. @param found number of pictures with the text */
export function nearestNamedTime(found: number, times: readonly NamedTime[]): NamedTime | undefined {
  return found === 0 ? times.find(({ count }) => count > 0) : undefined;
}

/** Returns the time of the same length, with pictures, that is nearest to the days of a query; null if there is none. */
export async function readNearestTime(query: GalleryQuery): Promise<Omit<NamedTime, 'count'> | null> {
  const reply = await request('gallery:nearest-time', { query });
  if (!reply.ok || reply.value === null) return null;
  const now = Date.now();
  const around = datesAround(lengthOf(query, now), reply.value);
  const dates = { period: periodOfDates(around, now) ?? null, ...around };
  return { dates, query: queryOf(query, dates) };
}

function queryOf(query: GalleryQuery, { period, from, to }: NamedDates): GalleryQuery {
  return withDates({ ...query, text: '' }, period === null ? { from, to } : { period });
}

/** Returns the unit of the query's days. Chosen days that are no unit count as a month, which shows nearby pictures. */
function lengthOf(query: GalleryQuery, now: number): CalendarUnit {
  const { from, to } = datesOf(query, now);
  return (from !== null && to !== null && unitOfDates({ from, to })) || 'month';
}
