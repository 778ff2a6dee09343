CREATE TABLE users (
  id BIGINT NOT NULL,
  username VARCHAR(50) NOT NULL,
  email VARCHAR(255) NOT NULL,
  display_name VARCHAR(100) NOT NULL,
  bio TEXT,
  created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (id),
  UNIQUE (username),
  UNIQUE (email)
);

COMMENT ON COLUMN users.username IS 'the handle; compared letter by letter: Ana and ana are two people';

COMMENT ON COLUMN users.display_name IS 'free text, not unique';

COMMENT ON COLUMN users.bio IS 'NULL: never filled in';

CREATE TABLE tweets (
  id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  content TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  like_count INTEGER NOT NULL DEFAULT 0,
  retweet_count INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  FOREIGN KEY (user_id) REFERENCES users (id)
);

COMMENT ON COLUMN tweets.user_id IS 'the author';

COMMENT ON COLUMN tweets.like_count IS 'denormalized: how many rows of likes have this tweet';

COMMENT ON COLUMN tweets.retweet_count IS 'denormalized: counts retweets, for which no table is documented';

CREATE TABLE follows (
  follower_id BIGINT NOT NULL,
  followee_id BIGINT NOT NULL,
  created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (follower_id, followee_id),
  FOREIGN KEY (follower_id) REFERENCES users (id),
  FOREIGN KEY (followee_id) REFERENCES users (id)
);

COMMENT ON COLUMN follows.follower_id IS 'who reads';

COMMENT ON COLUMN follows.followee_id IS 'who is read';

CREATE TABLE likes (
  user_id BIGINT NOT NULL,
  tweet_id BIGINT NOT NULL,
  created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (user_id, tweet_id),
  FOREIGN KEY (user_id) REFERENCES users (id),
  FOREIGN KEY (tweet_id) REFERENCES tweets (id)
);

COMMENT ON COLUMN likes.user_id IS 'who likes';

CREATE INDEX users_username_idx ON users (username);

CREATE INDEX tweets_user_id_idx ON tweets (user_id);

CREATE INDEX tweets_created_at_idx ON tweets (created_at);

CREATE INDEX tweets_user_id_created_at_idx ON tweets (user_id, created_at);

CREATE INDEX follows_followee_id_idx ON follows (followee_id);

CREATE INDEX likes_tweet_id_idx ON likes (tweet_id);
