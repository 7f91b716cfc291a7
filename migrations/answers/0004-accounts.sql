-- Staff: who may do what here, and who did what when. Respondents have no account and stand in none of these tables.
--
-- Whom the odd things protect:
--
-- * Staff from someone who holds this file. Of whatever opens a door (a session's cookie, an invitation's link, a
--   recovery code, a browser's own cookie) only a hash is kept, of a passphrase only a slow one that carries its
--   parameters, and the secret that codes are made from is sealed with the setting SECRET, which is not in this file.
-- * Everybody from an administrator with regrets. Lines of the audit are only ever added: the triggers refuse all else,
--   whichever program asks. They are in SQLite's words; a second engine says the same in its own.
-- * The owner of an account from a stranger who guesses. What is counted is a bucket, the hash of an address as somebody
--   typed it or of a browser that is known: an address without an account is counted like any other.

CREATE TABLE accounts (
  id TEXT NOT NULL PRIMARY KEY,
  email TEXT NOT NULL,
  name TEXT NOT NULL,
  admin INTEGER NOT NULL,
  passphrase TEXT,
  totp_secret TEXT,
  totp_step INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  disabled_at TEXT,
  CONSTRAINT one_account_an_address UNIQUE (email),
  CONSTRAINT email_is_in_lower_case CHECK (email = lower(email)),
  CONSTRAINT admin_is_yes_or_no CHECK (admin IN (0, 1)),
  CONSTRAINT passphrase_is_a_hash_with_its_parameters CHECK (passphrase LIKE '_%$_%$_%$_%'),
  CONSTRAINT totp_secret_is_sealed CHECK (totp_secret LIKE '_%$_%$_%$_%')
);

CREATE TABLE account_roles (
  account TEXT NOT NULL REFERENCES accounts (id),
  survey TEXT NOT NULL,
  role TEXT NOT NULL,
  PRIMARY KEY (account, survey, role),
  CONSTRAINT role_is_known CHECK (role IN ('researcher', 'approver'))
);

CREATE TABLE recovery_codes (
  code_hash TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL REFERENCES accounts (id),
  CONSTRAINT recovery_code_is_a_hash CHECK (length(code_hash) >= 43)
);

CREATE INDEX recovery_codes_by_account ON recovery_codes (account);

CREATE TABLE invitations (
  token_hash TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL REFERENCES accounts (id),
  expires_at TEXT NOT NULL,
  CONSTRAINT one_invitation_an_account UNIQUE (account),
  CONSTRAINT invitation_is_a_hash CHECK (length(token_hash) >= 43)
);

CREATE TABLE sessions (
  token_hash TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL REFERENCES accounts (id),
  step TEXT NOT NULL,
  -- The secret that somebody is about to set up, sealed like the account's own.
  new_secret TEXT,
  wrong_codes INTEGER NOT NULL,
  began_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  CONSTRAINT step_is_known CHECK (step IN ('code', 'set-up', 'full')),
  CONSTRAINT new_secret_is_for_setting_up CHECK ((new_secret IS NOT NULL) = (step = 'set-up')),
  CONSTRAINT session_is_a_hash CHECK (length(token_hash) >= 43)
);

CREATE INDEX sessions_by_account ON sessions (account);

CREATE TABLE devices (
  token_hash TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL REFERENCES accounts (id),
  seen_at TEXT NOT NULL,
  CONSTRAINT device_is_a_hash CHECK (length(token_hash) >= 43)
);

CREATE INDEX devices_by_account ON devices (account);

CREATE TABLE guesses (
  bucket TEXT NOT NULL PRIMARY KEY,
  failures INTEGER NOT NULL,
  last_at TEXT NOT NULL,
  CONSTRAINT bucket_is_a_hash CHECK (length(bucket) >= 43)
);

CREATE TABLE audit (
  line INTEGER NOT NULL PRIMARY KEY,
  happened_at TEXT NOT NULL,
  -- Of the account; null where a command was run on the server. The name is the one of that moment.
  person TEXT,
  person_name TEXT NOT NULL,
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  object_name TEXT NOT NULL,
  about TEXT NOT NULL
);

CREATE INDEX audit_by_person ON audit (person, line);

CREATE INDEX audit_by_object ON audit (object, line);

CREATE TRIGGER audit_is_not_edited BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'lines of the audit are not edited'); END;

CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'lines of the audit are not deleted'); END;

-- "INSERT OR REPLACE" deletes without asking the trigger above.
CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE line = NEW.line)
BEGIN SELECT RAISE(ABORT, 'lines of the audit are not replaced'); END;
