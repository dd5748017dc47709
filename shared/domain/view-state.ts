// The state of the interface that is kept between runs. Losing it costs the user no more than a click.
import { z } from 'zod';

export const galleryDensities = ['large', 'medium', 'small'] as const;

export const maxRecentCommands = 20;
/** A command may contain the id of a service and the id of a model, which has up to 200 characters. */
export const maxRecentCommandLength = 300;

export const viewStateSchema = z.strictObject({
  sidebar: z.enum(['open', 'closed']),
  /** The ids of the palette entries that were used, most recent first. */
  recentCommands: z.array(z.string().max(maxRecentCommandLength)).max(maxRecentCommands),
  /** The size of the gallery's pictures; `small` groups them by month instead of by day. */
  galleryDensity: z.enum(galleryDensities),
  /** Whether the gallery combines near duplicates into one tile. */
  galleryStacks: z.boolean(),
  /** The gallery's scroll position: a picture, and the distance of its row from the top, in CSS pixels. */
  galleryPlace: z.strictObject({ id: z.uuid(), offset: z.number() }).nullable(),
  /** The conversation on screen, which may be a new chat. Null: none was open yet. */
  openChat: z.uuid().nullable(),
});

export type ViewState = z.infer<typeof viewStateSchema>;

export const defaultViewState: ViewState = {
  sidebar: 'open',
  recentCommands: [],
  galleryDensity: 'medium',
  galleryStacks: true,
  galleryPlace: null,
  openChat: null,
};
