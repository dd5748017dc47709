// Schemas of answers that were paid for: a field of the wrong type is missing, and takes nothing else with it.
import { z } from 'zod';

/** Reads a value; null if it is missing or of another type. */
export function optional<Value extends z.ZodType>(schema: Value) {
  return schema.nullish().catch(null);
}

export const optionalText = optional(z.string());

/** Reads a list; null if it is missing or none. Leaves out the entries that do not fit. */
export function optionalList<Entry extends z.ZodType>(entry: Entry) {
  const entries = z.array(z.unknown()).transform((list) =>
    list.flatMap((value): z.output<Entry>[] => {
      const { success, data } = entry.safeParse(value);
      return success ? [data] : [];
    }),
  );
  return entries.nullish().catch(null);
}
