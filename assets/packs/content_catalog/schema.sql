-- Content catalog: movies and shows, their seasons and episodes, genres, and texts in many locales.
-- A movie is one row of title. A show is one row of title plus seasons plus episodes.

CREATE TABLE title (
  title_id BIGINT PRIMARY KEY,
  type STRING NOT NULL,               -- MOVIE or SHOW; no CHECK guards it
  release_date DATE,                  -- of a show: the day its first season came out
  maturity_rating STRING,             -- movies: G, PG, PG-13, R, NC-17; shows: TV-Y, TV-Y7, TV-G, TV-PG, TV-14, TV-MA
  production_country STRING,          -- ISO 3166 code such as US, KR, BR; NULL where unknown
  is_active BOOLEAN DEFAULT TRUE      -- FALSE once the licence has ended: the row stays, because history points to it
);

CREATE TABLE season (
  season_id BIGINT PRIMARY KEY,
  title_id BIGINT NOT NULL REFERENCES title(title_id),
  season_number INT NOT NULL,         -- counted from 1 within the show
  UNIQUE(title_id, season_number)
);

CREATE TABLE episode (
  episode_id BIGINT PRIMARY KEY,
  title_id BIGINT NOT NULL REFERENCES title(title_id),  -- repeats what the season already says
  season_id BIGINT REFERENCES season(season_id),        -- NULL for a special that belongs to no season
  episode_number INT,                 -- counted from 1 within the season
  duration_sec INT,                   -- only episodes have a duration; movies have none anywhere
  UNIQUE(title_id, season_id, episode_number)
);

CREATE TABLE genre (
  genre_id INT PRIMARY KEY,
  name STRING UNIQUE                  -- in English; the model has no place for translated genre names
);

CREATE TABLE title_genre (
  title_id BIGINT REFERENCES title(title_id),
  genre_id INT REFERENCES genre(genre_id),
  PRIMARY KEY (title_id, genre_id)
);

-- One row for each text that exists: object_type says which table object_id points into.
CREATE TABLE localized_metadata (
  object_type STRING CHECK (object_type IN ('TITLE','SEASON','EPISODE')),
  object_id BIGINT,                   -- title_id, season_id or episode_id
  locale STRING,                      -- language and region: en-US, es-MX, pt-BR, fr-FR, de-DE, es-ES
  localized_title STRING,
  localized_description STRING,       -- may be NULL although the title is translated
  PRIMARY KEY (object_type, object_id, locale)
);
