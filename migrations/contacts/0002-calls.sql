-- Who has to be told something by phone, since they gave no mailbox when they booked: what it is about, and whether
-- somebody has told them. What to say is worked out from how things stand when it is read; what organisers wrote is kept.
-- No moment stands here, and a call goes with its booking.

CREATE TABLE calls (
  booking TEXT NOT NULL REFERENCES bookings (id) ON DELETE CASCADE,
  -- What happened, as of a letter, and for what organisers write which letter of theirs.
  news TEXT NOT NULL,
  letter TEXT NOT NULL,
  words TEXT NOT NULL,
  -- Counts how often it was put on the list: whoever ticks it off says which they told of.
  round INTEGER NOT NULL,
  told INTEGER NOT NULL,
  PRIMARY KEY (booking, news, letter),
  CONSTRAINT call_is_told_or_not CHECK (told IN (0, 1))
) WITHOUT ROWID;
