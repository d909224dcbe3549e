/** Grows with every change that an older viewer could not read. */
export const SCHEMA_VERSION = 1

/** Marks a file as the viewer's: `llms`. */
export const APPLICATION_ID = 0x6c_6c_6d_73

/** Times are nanoseconds since 1970. What has no column of its own is JSON. */
export const SCHEMA = `
CREATE TABLE resources (
  id INTEGER PRIMARY KEY, json TEXT NOT NULL UNIQUE, service TEXT NOT NULL
);
CREATE TABLE scopes (id INTEGER PRIMARY KEY, json TEXT NOT NULL UNIQUE);

-- one row a trace, kept up to date with every span
CREATE TABLE traces (
  id INTEGER PRIMARY KEY,
  trace_id TEXT NOT NULL UNIQUE,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  has_root INTEGER NOT NULL,
  root_start INTEGER NOT NULL,
  name TEXT NOT NULL,
  service TEXT NOT NULL,
  spans INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  input INTEGER NOT NULL,
  output INTEGER NOT NULL,
  cache_read INTEGER,
  cache_write INTEGER,
  reasoning INTEGER,
  cost REAL,
  conversation TEXT,
  user TEXT,
  facets TEXT NOT NULL
);
CREATE INDEX traces_by_start ON traces (start, id);
CREATE INDEX traces_by_conversation ON traces (conversation, start) WHERE conversation IS NOT NULL;

CREATE TABLE facets (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, value TEXT NOT NULL, traces INTEGER NOT NULL,
  UNIQUE (kind, value)
);
CREATE TABLE trace_facets (
  facet INTEGER NOT NULL, start INTEGER NOT NULL, trace INTEGER NOT NULL,
  PRIMARY KEY (facet, start, trace)
) WITHOUT ROWID;

CREATE TABLE spans (
  id INTEGER PRIMARY KEY,
  trace INTEGER NOT NULL,
  span_id TEXT NOT NULL,
  parent_id TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  status INTEGER NOT NULL,
  resource INTEGER NOT NULL,
  scope INTEGER NOT NULL,
  name TEXT NOT NULL,
  detail TEXT NOT NULL,
  UNIQUE (trace, span_id, start)
);
CREATE VIRTUAL TABLE span_text USING fts5(text, content = '', contentless_delete = 1);
`
