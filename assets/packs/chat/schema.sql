-- Chat: messages in a wide-column store, all of a conversation in one partition and in the order of time.

-- As documented (CQL). The first column of the key is the partition key, the second one the clustering key.
CREATE TABLE messages (
  conversation_id  TEXT,       -- conv_1, conv_2 …; decides which node holds the message
  sent_at          TIMESTAMP,  -- UTC, to the millisecond, by the clock of the server that took the message
  sender_id        TEXT,       -- user_17, or a bot; nothing checks that the sender is a member
  content          TEXT,
  PRIMARY KEY (conversation_id, sent_at)
);

-- The two tables below are ours: who may read and write, and what a list of conversations shows.

CREATE TABLE conversations (
  conversation_id  TEXT PRIMARY KEY,
  kind             TEXT NOT NULL,   -- direct (two people), friends, family, work, club
  title            TEXT,            -- NULL for direct: each sees the name of the other
  created_at       TIMESTAMP NOT NULL
);

CREATE TABLE members (
  conversation_id  TEXT,
  user_id          TEXT,
  display_name     TEXT NOT NULL,   -- as this conversation shows it: a copy, because there is no join
  joined_at        TIMESTAMP NOT NULL,
  left_at          TIMESTAMP,       -- NULL while a member
  last_read_at     TIMESTAMP,       -- newest message this member has seen; NULL before the first look
  PRIMARY KEY ((conversation_id), user_id)
);
CREATE INDEX members_user_id_idx ON members (user_id);  -- the conversations of one user
