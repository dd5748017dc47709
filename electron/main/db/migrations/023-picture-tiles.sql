-- What distinguishes a picture from the others of its request, as JSON; null: nothing but its seed.
ALTER TABLE messages ADD COLUMN tile TEXT;
