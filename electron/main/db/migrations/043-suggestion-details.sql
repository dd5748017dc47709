-- What a service said about a failed suggestion, as of a failed message.
ALTER TABLE suggestions ADD COLUMN error_details TEXT;
