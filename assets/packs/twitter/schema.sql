-- A Twitter-like app: four documented tables, two of them pairs of keys.
-- PostgreSQL dialect. The document draws boxes; types and NOT NULL are chosen here.

CREATE TABLE users (
    id           BIGINT PRIMARY KEY,
    username     VARCHAR(50) NOT NULL UNIQUE,   -- the handle; compared letter by letter: Ana and ana are two people
    email        VARCHAR(255) NOT NULL UNIQUE,
    display_name VARCHAR(100) NOT NULL,         -- free text, not unique
    bio          TEXT,                          -- NULL: never filled in
    created_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX users_username_idx ON users (username);  -- as documented; UNIQUE has made an index on it already

CREATE TABLE tweets (
    id            BIGINT PRIMARY KEY,
    user_id       BIGINT NOT NULL REFERENCES users (id),  -- the author
    content       TEXT NOT NULL,
    created_at    TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    like_count    INTEGER NOT NULL DEFAULT 0,    -- denormalized: how many rows of likes have this tweet
    retweet_count INTEGER NOT NULL DEFAULT 0     -- denormalized: counts retweets, for which no table is documented
);
CREATE INDEX tweets_user_id_idx ON tweets (user_id);
CREATE INDEX tweets_created_at_idx ON tweets (created_at);
CREATE INDEX tweets_user_id_created_at_idx ON tweets (user_id, created_at);  -- one author's recent tweets

CREATE TABLE follows (
    follower_id BIGINT NOT NULL REFERENCES users (id),  -- who reads
    followee_id BIGINT NOT NULL REFERENCES users (id),  -- who is read
    created_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (follower_id, followee_id)              -- "whom do I follow"
);
CREATE INDEX follows_followee_id_idx ON follows (followee_id);  -- "who follows me"

CREATE TABLE likes (
    user_id    BIGINT NOT NULL REFERENCES users (id),   -- who likes
    tweet_id   BIGINT NOT NULL REFERENCES tweets (id),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (user_id, tweet_id)                     -- one like per person and tweet
);
CREATE INDEX likes_tweet_id_idx ON likes (tweet_id);  -- "who liked this tweet"
