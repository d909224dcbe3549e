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
  input REAL NOT NULL,
  output REAL NOT NULL,
  cache_read REAL,
  cache_write REAL,
  reasoning REAL,
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

-- one row for each span that is one call of a model
CREATE TABLE calls (
  id INTEGER PRIMARY KEY,
  start INTEGER NOT NULL,
  duration REAL NOT NULL,
  service TEXT NOT NULL,
  model TEXT NOT NULL,
  provider TEXT NOT NULL,
  operation TEXT NOT NULL,
  error TEXT,
  input REAL NOT NULL,
  output REAL NOT NULL,
  cache_read REAL,
  cache_write REAL,
  reasoning REAL,
  cost REAL,
  first_chunk REAL
);
CREATE INDEX calls_by_start ON calls (start);

CREATE TABLE logs (
  id INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  observed INTEGER NOT NULL,
  severity INTEGER NOT NULL,
  severity_text TEXT NOT NULL,
  event TEXT NOT NULL,
  service TEXT NOT NULL,
  trace_id TEXT NOT NULL,
  span_id TEXT NOT NULL,
  resource INTEGER NOT NULL,
  scope INTEGER NOT NULL,
  detail TEXT NOT NULL
);
CREATE INDEX logs_by_time ON logs (time, id);
CREATE INDEX logs_by_event ON logs (event, time, id);
CREATE INDEX logs_by_trace ON logs (trace_id) WHERE trace_id <> '';
CREATE VIRTUAL TABLE log_text USING fts5(text, content = '', contentless_delete = 1);

CREATE TABLE scores (
  log INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  name TEXT NOT NULL,
  value REAL,
  label TEXT,
  explanation TEXT,
  trace_id TEXT NOT NULL,
  span_id TEXT NOT NULL,
  response_id TEXT,
  conversation TEXT
);
CREATE INDEX scores_by_trace ON scores (trace_id);
CREATE INDEX scores_by_conversation ON scores (conversation) WHERE conversation IS NOT NULL;

CREATE TABLE metrics (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  unit TEXT NOT NULL,
  description TEXT NOT NULL,
  temporality INTEGER NOT NULL,
  UNIQUE (name, kind, unit, temporality)
);
CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  metric INTEGER NOT NULL,
  resource INTEGER NOT NULL,
  scope INTEGER NOT NULL,
  attributes TEXT NOT NULL,
  UNIQUE (metric, resource, scope, attributes)
);
CREATE TABLE points (
  series INTEGER NOT NULL,
  time INTEGER NOT NULL,
  start INTEGER NOT NULL,
  value,
  flags INTEGER NOT NULL,
  detail TEXT,
  PRIMARY KEY (series, time)
) WITHOUT ROWID;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  run_id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  service TEXT NOT NULL,
  started INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  outcome TEXT,
  model TEXT,
  dataset TEXT,
  hyperparameters TEXT NOT NULL,
  summary TEXT NOT NULL,
  trace_id TEXT
);
CREATE TABLE run_points (
  run INTEGER NOT NULL, metric TEXT NOT NULL, time INTEGER NOT NULL, step REAL, value REAL NOT NULL,
  PRIMARY KEY (run, metric, time)
) WITHOUT ROWID;
CREATE TABLE run_events (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  time INTEGER NOT NULL,
  duration REAL NOT NULL,
  step REAL,
  failed INTEGER NOT NULL,
  trace_id TEXT NOT NULL,
  attributes TEXT NOT NULL
);
CREATE INDEX run_events_by_run ON run_events (run, kind, time);

-- the last rows that were there at a time, in milliseconds
CREATE TABLE arrivals (time INTEGER PRIMARY KEY, trace INTEGER, log INTEGER);
`
