// The views of a window.

export const views = ['chat', 'gallery', 'settings', 'diagnostics', 'trash'] as const;
export type View = (typeof views)[number];
