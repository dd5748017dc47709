-- The origins that a service's headers may go to, as JSON; null as long as that is the one of its address. A change of
-- the address must not send them elsewhere: they may hold secrets.
ALTER TABLE services ADD COLUMN headers_for TEXT;
