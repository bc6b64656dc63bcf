CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- code of the country; English name of the first-level region, null for the country itself and where unknown
CREATE TABLE region (id INTEGER PRIMARY KEY, country TEXT NOT NULL, name TEXT);
-- rank 0 comes first; degrees times 10,000; radius in km, null for towns (made from their population)
CREATE TABLE place (
    rank INTEGER PRIMARY KEY, geonames INTEGER NOT NULL, name TEXT NOT NULL, region INTEGER NOT NULL,
    lat INTEGER NOT NULL, lon INTEGER NOT NULL, population INTEGER NOT NULL, feature INTEGER NOT NULL, radius INTEGER
);
-- folded name (lagebild.lang.gazetteer.place_keys) to ranks
CREATE TABLE key (text TEXT NOT NULL, rank INTEGER NOT NULL, PRIMARY KEY (text, rank)) WITHOUT ROWID;
CREATE TABLE country (code TEXT PRIMARY KEY, place INTEGER NOT NULL, capital INTEGER) WITHOUT ROWID;
