-- The order of the user's styles is theirs. Before, it followed from the names.
ALTER TABLE styles ADD COLUMN position INTEGER NOT NULL DEFAULT 0;

UPDATE styles SET position = (
  SELECT count(*) FROM styles AS other
  WHERE (lower(other.name), other.id) <= (lower(styles.name), styles.id)
);
