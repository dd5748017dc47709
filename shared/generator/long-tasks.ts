// How the generator reports its long tasks to the main process.
import { z } from 'zod';

export const longTaskReportSchema = z.strictObject({
  type: z.literal('long-task'),
  name: z.string().max(100),
  milliseconds: z.number().min(0),
});
export type LongTaskReport = z.infer<typeof longTaskReportSchema>;
