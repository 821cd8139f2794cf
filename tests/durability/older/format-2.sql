BEGIN TRANSACTION;
CREATE TABLE attendee (
    id INTEGER PRIMARY KEY,
    paper TEXT NOT NULL REFERENCES paper ON DELETE CASCADE,
    body TEXT NOT NULL
);
CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    paper TEXT NOT NULL REFERENCES paper ON DELETE CASCADE,
    body TEXT NOT NULL
);
INSERT INTO "decision" VALUES(1,'open-2024','{"kind":"resolution","number":"1","title":"Report","text":"RESOLVED: that the dentists be thanked.","meeting":{"council":"Testshire County Council","committee":"Corporate Parenting Board","held":"2024-03-14"},"locator":{"paper":"open-2024","start":47,"end":86,"page":1,"item":null,"paragraph":null,"sheet":null},"owner":null,"due":null,"status":null,"more":[]}');
INSERT INTO "decision" VALUES(2,'private-2024','{"kind":"resolution","number":"1","title":"Report","text":"RESOLVED: that it be noted.","meeting":{"council":"Testshire County Council","committee":"Corporate Parenting Board","held":"2024-03-14"},"locator":{"paper":"private-2024","start":61,"end":88,"page":1,"item":null,"paragraph":null,"sheet":null},"owner":null,"due":null,"status":null,"more":[]}');
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE observation (
    id INTEGER PRIMARY KEY,
    paper TEXT NOT NULL REFERENCES paper ON DELETE CASCADE,
    body TEXT NOT NULL
);
INSERT INTO "observation" VALUES(1,'open-2024','{"measure":"Children looked after","context":"Report","area":"Testshire","basis":"actual","period":{"end":"2024-03-31","start":"2024-03-01","kind":"month"},"value":"412.50","unit":"count","flags":["provisional"],"source":"table","quote":"412.50","printed":"412.50","locator":{"paper":"open-2024","start":0,"end":6,"page":null,"item":null,"paragraph":null,"sheet":null}}');
INSERT INTO "observation" VALUES(2,'private-2024','{"measure":"Children looked after","context":"Report","area":"Testshire","basis":"actual","period":{"end":"2024-03-31","start":"2024-03-01","kind":"month"},"value":"412.50","unit":"count","flags":["provisional"],"source":"table","quote":"412.50","printed":"412.50","locator":{"paper":"private-2024","start":0,"end":6,"page":null,"item":null,"paragraph":null,"sheet":null}}');
CREATE TABLE paper (
    id TEXT PRIMARY KEY,
    record TEXT NOT NULL,
    text TEXT NOT NULL,
    pages TEXT NOT NULL,
    embedded INTEGER NOT NULL
);
INSERT INTO "paper" VALUES('open-2024','{"id":"open-2024","file_name":"open-2024.md","sha256":"ad547cc067907a8bacd87204b4af4b51632b6419a145c7c4d6baa9af3c3b3ade","title":"Board, open-2024","meeting":{"council":"Testshire County Council","committee":"Corporate Parenting Board","held":"2024-03-14"},"minutes_of":"2023-12-07","items":[{"number":"1","title":"Report","first_page":1,"last_page":2,"exempt":false}],"characters":87,"pages":0,"unreadable_pages":0,"notes":[],"counts":{"meetings":2,"items":1,"passages":3,"decisions":1,"tables":1,"observations":1},"reading":3}','# Board

Dentists were found for every child.

RESOLVED: that the dentists be thanked.
','[]',0);
INSERT INTO "paper" VALUES('private-2024','{"id":"private-2024","file_name":"private-2024.md","sha256":"01ae41d29d366962e55100d77f89b55f5032b4a5655497118390898d36ca6363","title":"Board, private-2024","meeting":{"council":"Testshire County Council","committee":"Corporate Parenting Board","held":"2024-03-14"},"minutes_of":"2023-12-07","items":[{"number":"1","title":"Report","first_page":1,"last_page":2,"exempt":false}],"characters":89,"pages":0,"unreadable_pages":0,"notes":[],"counts":{"meetings":2,"items":1,"passages":4,"decisions":1,"tables":1,"observations":1},"reading":3}','# Board

CONFIDENTIAL

The inquiry heard of a young person.

RESOLVED: that it be noted.
','[]',0);
CREATE TABLE passage (
    id INTEGER PRIMARY KEY,
    paper TEXT NOT NULL REFERENCES paper ON DELETE CASCADE,
    key TEXT NOT NULL,
    council TEXT,
    committee TEXT,
    held TEXT,
    start INTEGER NOT NULL,
    finish INTEGER NOT NULL,
    decides TEXT NOT NULL,
    body TEXT NOT NULL
);
INSERT INTO "passage" VALUES(1,'open-2024','6bb1e3a33ec09599b9201888642d8026d2d4c04f271fbc2dc3f4e9ebac66e630','Testshire County Council','Corporate Parenting Board','2023-12-07',0,7,'','{"part":"report","part_title":"Report","headings":["Heading"],"meeting":{"council":"Testshire County Council","committee":"Corporate Parenting Board","held":"2023-12-07"},"units":[{"kind":"sentence","text":"# Board","start":0,"end":7}],"locator":{"paper":"open-2024","start":0,"end":7,"page":1,"item":null,"paragraph":null,"sheet":null},"context":"Board"}');
INSERT INTO "passage" VALUES(2,'open-2024','c86d66c8593d75f8f0f8919402ed2ba3d7a06de8ec1157ddcb668cfd6284f2e7','Testshire County Council','Corporate Parenting Board','2023-12-07',9,45,'','{"part":"report","part_title":"Report","headings":["Heading"],"meeting":{"council":"Testshire County Council","committee":"Corporate Parenting Board","held":"2023-12-07"},"units":[{"kind":"sentence","text":"Dentists were found for every child.","start":9,"end":45}],"locator":{"paper":"open-2024","start":9,"end":45,"page":1,"item":null,"paragraph":null,"sheet":null},"context":"Board"}');
INSERT INTO "passage" VALUES(3,'open-2024','a34b744d9a8e04ebb2183d29e078244eb034f538bad63b79d15bdd84938fc8ec','Testshire County Council','Corporate Parenting Board','2023-12-07',47,86,'resolution','{"part":"report","part_title":"Report","headings":["Heading"],"meeting":{"council":"Testshire County Council","committee":"Corporate Parenting Board","held":"2023-12-07"},"units":[{"kind":"sentence","text":"RESOLVED: that the dentists be thanked.","start":47,"end":86}],"locator":{"paper":"open-2024","start":47,"end":86,"page":1,"item":null,"paragraph":null,"sheet":null},"context":"Board"}');
INSERT INTO "passage" VALUES(4,'private-2024','6bb1e3a33ec09599b9201888642d8026d2d4c04f271fbc2dc3f4e9ebac66e630','Testshire County Council','Corporate Parenting Board','2023-12-07',0,7,'','{"part":"report","part_title":"Report","headings":["Heading"],"meeting":{"council":"Testshire County Council","committee":"Corporate Parenting Board","held":"2023-12-07"},"units":[{"kind":"sentence","text":"# Board","start":0,"end":7}],"locator":{"paper":"private-2024","start":0,"end":7,"page":1,"item":null,"paragraph":null,"sheet":null},"context":"Board"}');
INSERT INTO "passage" VALUES(5,'private-2024','edf6765c379d4ef2ab4da4c3c125eea55157e0df061a6ca76ab78b3ad871b042','Testshire County Council','Corporate Parenting Board','2023-12-07',9,21,'','{"part":"report","part_title":"Report","headings":["Heading"],"meeting":{"council":"Testshire County Council","committee":"Corporate Parenting Board","held":"2023-12-07"},"units":[{"kind":"sentence","text":"CONFIDENTIAL","start":9,"end":21}],"locator":{"paper":"private-2024","start":9,"end":21,"page":1,"item":null,"paragraph":null,"sheet":null},"context":"Board"}');
INSERT INTO "passage" VALUES(6,'private-2024','3bfa6118413a115e7f1005798c46bdcca3ac35b094f850e223f02b5120cf1e77','Testshire County Council','Corporate Parenting Board','2023-12-07',23,59,'','{"part":"report","part_title":"Report","headings":["Heading"],"meeting":{"council":"Testshire County Council","committee":"Corporate Parenting Board","held":"2023-12-07"},"units":[{"kind":"sentence","text":"The inquiry heard of a young person.","start":23,"end":59}],"locator":{"paper":"private-2024","start":23,"end":59,"page":1,"item":null,"paragraph":null,"sheet":null},"context":"Board"}');
INSERT INTO "passage" VALUES(7,'private-2024','1217a8e5851d1b54b64c6e2e98619cf416c9cccbb085e50d1b0ebcddad73c1dd','Testshire County Council','Corporate Parenting Board','2023-12-07',61,88,'resolution','{"part":"report","part_title":"Report","headings":["Heading"],"meeting":{"council":"Testshire County Council","committee":"Corporate Parenting Board","held":"2023-12-07"},"units":[{"kind":"sentence","text":"RESOLVED: that it be noted.","start":61,"end":88}],"locator":{"paper":"private-2024","start":61,"end":88,"page":1,"item":null,"paragraph":null,"sheet":null},"context":"Board"}');
CREATE TABLE report (
    id INTEGER PRIMARY KEY,
    paper TEXT NOT NULL REFERENCES paper ON DELETE CASCADE,
    body TEXT NOT NULL
);
CREATE TABLE table_ (
    id INTEGER PRIMARY KEY,
    paper TEXT NOT NULL REFERENCES paper ON DELETE CASCADE,
    body TEXT NOT NULL
);
INSERT INTO "table_" VALUES(1,'open-2024','{"caption":"Caption","headings":["Heading"],"header":[[{"text":"412.50","start":0,"end":6}]],"rows":[[{"text":"412.50","start":0,"end":6}]],"meeting":{"council":"Testshire County Council","committee":"Corporate Parenting Board","held":"2024-03-14"},"locator":{"paper":"open-2024","start":0,"end":6,"page":null,"item":null,"paragraph":null,"sheet":null}}');
INSERT INTO "table_" VALUES(2,'private-2024','{"caption":"Caption","headings":["Heading"],"header":[[{"text":"412.50","start":0,"end":6}]],"rows":[[{"text":"412.50","start":0,"end":6}]],"meeting":{"council":"Testshire County Council","committee":"Corporate Parenting Board","held":"2024-03-14"},"locator":{"paper":"private-2024","start":0,"end":6,"page":null,"item":null,"paragraph":null,"sheet":null}}');
CREATE INDEX passage_paper ON passage (paper, finish);
CREATE INDEX passage_key ON passage (key);
CREATE INDEX passage_meeting ON passage (council, committee, held);
CREATE INDEX decision_paper ON decision (paper);
CREATE INDEX table__paper ON table_ (paper);
CREATE INDEX observation_paper ON observation (paper);
CREATE INDEX attendee_paper ON attendee (paper);
CREATE INDEX report_paper ON report (paper);
CREATE VIRTUAL TABLE passage_words USING fts5 (place, body, dates, tokenize = "unicode61 tokenchars '.'");
CREATE VIRTUAL TABLE passage_vocabulary USING fts5vocab (passage_words, 'row');
PRAGMA user_version = 2;
COMMIT;
