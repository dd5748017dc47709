// Tolerant schemas for paid answers and for lists: a field of the wrong type counts as missing and does not
// invalidate the rest.
import { z } from 'zod';

/** Parses a value; null if it is missing or of another type. */
export function optional<Value extends z.ZodType>(schema: Value) {
  return schema.nullish().catch(null);
}

export const optionalText = optional(z.string());

/** Parses a list without the entries that do not fit; fails if the list has entries and none fits. */
export function entries<Entry extends z.ZodType>(entry: Entry) {
  return z.array(z.unknown()).transform((list, context) => {
    const found = fitting(list, entry);
    if (found.length > 0 || list.length === 0) return found;
    // Not shown: only in the log.
    context.addIssue({ code: 'custom', message: 'No entry fits.' });
    return z.NEVER;
  });
}

/** Parses a list without the entries that do not fit; null if it is missing or not a list. */
export function optionalList<Entry extends z.ZodType>(entry: Entry) {
  return z
    .array(z.unknown())
    .transform((list) => fitting(list, entry))
    .nullish()
    .catch(null);
}

function fitting<Entry extends z.ZodType>(list: readonly unknown[], entry: Entry): z.output<Entry>[] {
  return list.flatMap((value): z.output<Entry>[] => {
    const { success, data } = entry.safeParse(value);
    return success ? [data] : [];
  });
}
