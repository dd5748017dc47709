// What the interface remembers of itself between two runs. Losing it costs the user nothing but a click.
import { z } from 'zod';

export const galleryDensities = ['large', 'medium', 'small'] as const;

export const viewStateSchema = z.strictObject({
  sidebar: z.enum(['open', 'closed']),
  /** How large the gallery shows its pictures; `small` groups by month instead of by day. */
  galleryDensity: z.enum(galleryDensities),
  /** Where the gallery was scrolled to: a picture, and how far its row starts below the top (CSS pixels). */
  galleryPlace: z.strictObject({ id: z.uuid(), offset: z.number() }).nullable(),
});

export type ViewState = z.infer<typeof viewStateSchema>;

export const defaultViewState: ViewState = {
  sidebar: 'open',
  galleryDensity: 'medium',
  galleryPlace: null,
};
