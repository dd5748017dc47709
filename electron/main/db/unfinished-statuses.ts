// Which rows of the messages table are work.

/** The statuses of work that has not ended, as SQL. */
export const unfinishedStatuses = `('pending', 'generating', 'streaming')`;
