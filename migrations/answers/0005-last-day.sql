-- A survey's last day as the team sets it, beside the one that its file may give: the earlier of the two counts. It
-- protects respondents who have begun: they are told the day, and can still send, where closing at once would not let them.

ALTER TABLE surveys ADD COLUMN last_day TEXT CONSTRAINT last_day_is_a_day CHECK (last_day LIKE '____-__-__');
