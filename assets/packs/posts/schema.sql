-- Users, posts and likes: each fact once, and beside it the copies that make reading faster.
-- PostgreSQL dialect. The document gives users with its types; types of the other tables are chosen here.

CREATE TABLE users (
    id         SERIAL PRIMARY KEY,             -- counted: 1, 2, 3 … and so anybody can estimate how many there are
    username   VARCHAR(50) NOT NULL UNIQUE,    -- may change; never a key for others to point at
    email      VARCHAR(255) NOT NULL UNIQUE,   -- may change as well
    created_at TIMESTAMP DEFAULT NOW()
);

CREATE TABLE posts (
    id         BIGSERIAL PRIMARY KEY,
    user_id    INTEGER NOT NULL REFERENCES users (id),  -- the author: the only thing a post says about its author
    content    TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL DEFAULT NOW()
);
CREATE INDEX posts_user_id_idx ON posts (user_id);
CREATE INDEX posts_created_at_idx ON posts (created_at);
CREATE INDEX posts_user_id_created_at_idx ON posts (user_id, created_at);  -- one user's recent posts

CREATE TABLE likes (
    user_id    INTEGER NOT NULL REFERENCES users (id),
    post_id    BIGINT NOT NULL REFERENCES posts (id),
    created_at TIMESTAMP NOT NULL DEFAULT NOW(),
    PRIMARY KEY (user_id, post_id)             -- one like per person and post; no index begins with post_id
);

-- The document's denormalized form of posts. It is called posts there as well; both forms stand here side by side.
CREATE TABLE posts_denormalized (
    id         BIGINT PRIMARY KEY,
    user_id    INTEGER NOT NULL,               -- users, without a foreign key
    username   VARCHAR(50) NOT NULL,           -- copy of users.username
    email      VARCHAR(255) NOT NULL,          -- copy of users.email
    content    TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);

-- The document's second way to show likes: posts with a counter.
CREATE TABLE posts_with_counter (
    id         BIGINT PRIMARY KEY,
    content    TEXT NOT NULL,
    like_count INTEGER NOT NULL DEFAULT 0      -- one up for each like, by the application
);

-- The document's third way: a key-value cache in front of likes. Drawn as a table; synced_at is ours.
CREATE TABLE like_cache (
    key        TEXT PRIMARY KEY,               -- like_count:<id of the post>
    value      BIGINT NOT NULL,                -- raised by INCR, set right by the sync
    synced_at  TIMESTAMP NOT NULL              -- when the job last counted the likes of this post
);
