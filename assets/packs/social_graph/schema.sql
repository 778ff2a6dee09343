-- A property graph in two tables: things with a label, and typed arrows between them.
-- PostgreSQL dialect. The document draws the graph: (User) FOLLOWS (User), (User) POSTED (Post), (Post) LIKED_BY (User).
-- It has no tables for it; these two are the smallest that hold any such drawing.

CREATE TABLE nodes (
    id         BIGINT PRIMARY KEY,
    label      VARCHAR(10) NOT NULL CHECK (label IN ('User', 'Post')),
    name       VARCHAR(300) NOT NULL,      -- the handle of a User, the text of a Post
    properties JSONB,                      -- whatever else is known; different keys for each label
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX nodes_label_created_at_idx ON nodes (label, created_at);

CREATE TABLE edges (
    from_id    BIGINT NOT NULL REFERENCES nodes (id),
    type       VARCHAR(10) NOT NULL CHECK (type IN ('FOLLOWS', 'POSTED', 'LIKED_BY')),
    to_id      BIGINT NOT NULL REFERENCES nodes (id),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (from_id, type, to_id),    -- an arrow is there once; also serves walking along it
    CHECK (from_id <> to_id)
);
CREATE INDEX edges_to_id_type_idx ON edges (to_id, type, from_id);  -- walking against the arrow: who follows me
