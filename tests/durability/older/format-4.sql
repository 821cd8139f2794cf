BEGIN TRANSACTION;
CREATE TABLE abbreviation (
    id INTEGER NOT NULL REFERENCES passage ON DELETE CASCADE,
    short TEXT NOT NULL,
    long TEXT NOT NULL
);
CREATE TABLE attendee (
    id INTEGER PRIMARY KEY,
    paper TEXT NOT NULL REFERENCES paper ON DELETE CASCADE,
    body TEXT NOT NULL,
    privacy INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    paper TEXT NOT NULL REFERENCES paper ON DELETE CASCADE,
    body TEXT NOT NULL,
    privacy INTEGER NOT NULL DEFAULT 0
);
INSERT INTO "decision" VALUES(1,'thistledown-cpb-2024-03-07','{"kind":"resolution","number":null,"title":"4. Bicycle repair grants","text":"That bicycle repair grants of £60 be offered to every care leaver from 1 April 2024.","meeting":{"council":"Thistledown County Council","committee":"Corporate Parenting Board","held":"2024-01-11"},"locator":{"paper":"thistledown-cpb-2024-03-07","start":494,"end":588,"page":2,"item":"4. Bicycle repair grants","paragraph":null,"sheet":null},"owner":null,"due":null,"status":null,"more":[],"raised":null,"rag":null,"under":null}',0);
INSERT INTO "decision" VALUES(2,'thistledown-cpb-2024-03-07','{"kind":"action","number":null,"title":"4. Bicycle repair grants","text":"Maud Pellow to tell every personal adviser of the bicycle repair grants by 1 March 2024.","meeting":{"council":"Thistledown County Council","committee":"Corporate Parenting Board","held":"2024-01-11"},"locator":{"paper":"thistledown-cpb-2024-03-07","start":590,"end":686,"page":2,"item":"4. Bicycle repair grants","paragraph":null,"sheet":null},"owner":"Maud Pellow","due":"1 March 2024","status":null,"more":[],"raised":null,"rag":null,"under":null}',0);
CREATE TABLE decision_index (
    id INTEGER PRIMARY KEY REFERENCES decision ON DELETE CASCADE,
    paper TEXT NOT NULL,
    start INTEGER NOT NULL,
    finish INTEGER NOT NULL,
    kind TEXT NOT NULL,
    council TEXT,
    committee TEXT,
    held TEXT,
    meeting TEXT NOT NULL,
    outcomes TEXT NOT NULL,
    owner TEXT NOT NULL
);
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
INSERT INTO "meta" VALUES('store','324681fc44d049f6a2a5778254cdf2f9');
CREATE TABLE observation (
    id INTEGER PRIMARY KEY,
    paper TEXT NOT NULL REFERENCES paper ON DELETE CASCADE,
    body TEXT NOT NULL,
    privacy INTEGER NOT NULL DEFAULT 0
);
INSERT INTO "observation" VALUES(1,'thistledown-cpb-2024-03-07','{"measure":"Children looked after number","context":"Performance report to 31 January 2024 > Performance report to 31 January 2024 > 1.0 Monthly figures > 1.0 Monthly figures","area":"Thistledown","basis":"actual","period":{"end":"2023-11-30","start":"2023-11-01","kind":"month"},"value":"412","unit":"count","flags":[],"source":"table","quote":"1 Children looked after (number) | 412 | 415 | 409 |  ","printed":"412","locator":{"paper":"thistledown-cpb-2024-03-07","start":964,"end":1018,"page":3,"item":"Performance report to 31 January 2024 > 1.0 Monthly figures","paragraph":null,"sheet":null}}',0);
INSERT INTO "observation" VALUES(2,'thistledown-cpb-2024-03-07','{"measure":"Children looked after number","context":"Performance report to 31 January 2024 > Performance report to 31 January 2024 > 1.0 Monthly figures > 1.0 Monthly figures","area":"Thistledown","basis":"actual","period":{"end":"2023-12-31","start":"2023-12-01","kind":"month"},"value":"415","unit":"count","flags":[],"source":"table","quote":"1 Children looked after (number) | 412 | 415 | 409 |  ","printed":"415","locator":{"paper":"thistledown-cpb-2024-03-07","start":964,"end":1018,"page":3,"item":"Performance report to 31 January 2024 > 1.0 Monthly figures","paragraph":null,"sheet":null}}',0);
INSERT INTO "observation" VALUES(3,'thistledown-cpb-2024-03-07','{"measure":"Children looked after number","context":"Performance report to 31 January 2024 > Performance report to 31 January 2024 > 1.0 Monthly figures > 1.0 Monthly figures","area":"Thistledown","basis":"actual","period":{"end":"2024-01-31","start":"2024-01-01","kind":"month"},"value":"409","unit":"count","flags":[],"source":"table","quote":"1 Children looked after (number) | 412 | 415 | 409 |  ","printed":"409","locator":{"paper":"thistledown-cpb-2024-03-07","start":964,"end":1018,"page":3,"item":"Performance report to 31 January 2024 > 1.0 Monthly figures","paragraph":null,"sheet":null}}',0);
INSERT INTO "observation" VALUES(4,'thistledown-cpb-2024-03-07','{"measure":"Children looked after number","context":"Performance report to 31 January 2024 > Performance report to 31 January 2024 > 1.0 Monthly figures > 1.0 Monthly figures","area":"Thistledown","basis":"target","period":null,"value":null,"unit":"count","flags":["blank"],"source":"table","quote":"1 Children looked after (number) | 412 | 415 | 409 |  ","printed":"","locator":{"paper":"thistledown-cpb-2024-03-07","start":964,"end":1018,"page":3,"item":"Performance report to 31 January 2024 > 1.0 Monthly figures","paragraph":null,"sheet":null}}',0);
INSERT INTO "observation" VALUES(5,'thistledown-cpb-2024-03-07','{"measure":"Dental check up to date","context":"Performance report to 31 January 2024 > Performance report to 31 January 2024 > 1.0 Monthly figures > 1.0 Monthly figures","area":"Thistledown","basis":"actual","period":{"end":"2023-11-30","start":"2023-11-01","kind":"month"},"value":"81","unit":"percent","flags":[],"source":"table","quote":"2 Dental check up to date | 81% | 82% | 84% | 90%","printed":"81%","locator":{"paper":"thistledown-cpb-2024-03-07","start":1022,"end":1071,"page":3,"item":"Performance report to 31 January 2024 > 1.0 Monthly figures","paragraph":null,"sheet":null}}',0);
INSERT INTO "observation" VALUES(6,'thistledown-cpb-2024-03-07','{"measure":"Dental check up to date","context":"Performance report to 31 January 2024 > Performance report to 31 January 2024 > 1.0 Monthly figures > 1.0 Monthly figures","area":"Thistledown","basis":"actual","period":{"end":"2023-12-31","start":"2023-12-01","kind":"month"},"value":"82","unit":"percent","flags":[],"source":"table","quote":"2 Dental check up to date | 81% | 82% | 84% | 90%","printed":"82%","locator":{"paper":"thistledown-cpb-2024-03-07","start":1022,"end":1071,"page":3,"item":"Performance report to 31 January 2024 > 1.0 Monthly figures","paragraph":null,"sheet":null}}',0);
INSERT INTO "observation" VALUES(7,'thistledown-cpb-2024-03-07','{"measure":"Dental check up to date","context":"Performance report to 31 January 2024 > Performance report to 31 January 2024 > 1.0 Monthly figures > 1.0 Monthly figures","area":"Thistledown","basis":"actual","period":{"end":"2024-01-31","start":"2024-01-01","kind":"month"},"value":"84","unit":"percent","flags":[],"source":"table","quote":"2 Dental check up to date | 81% | 82% | 84% | 90%","printed":"84%","locator":{"paper":"thistledown-cpb-2024-03-07","start":1022,"end":1071,"page":3,"item":"Performance report to 31 January 2024 > 1.0 Monthly figures","paragraph":null,"sheet":null}}',0);
INSERT INTO "observation" VALUES(8,'thistledown-cpb-2024-03-07','{"measure":"Dental check up to date","context":"Performance report to 31 January 2024 > Performance report to 31 January 2024 > 1.0 Monthly figures > 1.0 Monthly figures","area":"Thistledown","basis":"target","period":null,"value":"90","unit":"percent","flags":[],"source":"table","quote":"2 Dental check up to date | 81% | 82% | 84% | 90%","printed":"90%","locator":{"paper":"thistledown-cpb-2024-03-07","start":1022,"end":1071,"page":3,"item":"Performance report to 31 January 2024 > 1.0 Monthly figures","paragraph":null,"sheet":null}}',0);
INSERT INTO "observation" VALUES(9,'thistledown-cpb-2024-03-07','{"measure":"Resolved: That bicycle repair grants of £60 be offered to every care leaver from 1 April 2024.","context":"Minutes > 4. Bicycle repair grants > 4. Bicycle repair grants > Resolved: That bicycle repair grants of £60 be offered to every care leaver from 1 April 2024.","area":"Thistledown","basis":"actual","period":null,"value":"60","unit":"gbp","flags":[],"source":"sentence","quote":"Resolved: That bicycle repair grants of £60 be offered to every care leaver from 1 April 2024.","printed":"£60","locator":{"paper":"thistledown-cpb-2024-03-07","start":494,"end":588,"page":2,"item":"4. Bicycle repair grants","paragraph":null,"sheet":null}}',0);
INSERT INTO "observation" VALUES(10,'thistledown-cpb-2024-03-07','{"measure":"children looked after at the end of | 1.1 There were 409 children looked after at the end of January 2024.","context":"Performance report to 31 January 2024 > Performance report to 31 January 2024 > 1.0 Monthly figures > 1.0 Monthly figures > 1 Children looked after (number) — Nov-23: 412; Dec-23: 415; Jan-24: 409 2 Dental check up to date — Nov-23: 81%; Dec-23: 82%; Jan-24: 84%; Target: 90% > 1.1 There were 409 children looked after at the end of January 2024.","area":"Thistledown","basis":"actual","period":{"end":"2024-01-31","start":"2024-01-01","kind":"month"},"value":"409","unit":"count","flags":["refers to the sentence before"],"source":"sentence","quote":"1.1 There were 409 children looked after at the end of January 2024.","printed":"409","locator":{"paper":"thistledown-cpb-2024-03-07","start":1075,"end":1143,"page":3,"item":"Performance report to 31 January 2024","paragraph":null,"sheet":null}}',0);
CREATE TABLE paper (
    id TEXT PRIMARY KEY,
    record TEXT NOT NULL,
    text TEXT NOT NULL,
    pages TEXT NOT NULL,
    embedded INTEGER NOT NULL,
    council TEXT,
    committee TEXT,
    privacy INTEGER NOT NULL DEFAULT 0
);
INSERT INTO "paper" VALUES('thistledown-cpb-2024-03-07','{"id":"thistledown-cpb-2024-03-07","file_name":"thistledown-cpb-2024-03-07.md","sha256":"b08c727c626717baa237575416435b5c76c04c45cf5aa3f4d7106ca25cc44644","title":"Corporate Parenting Board, 7 March 2024","meeting":{"council":"Thistledown County Council","committee":"Corporate Parenting Board","held":"2024-03-07"},"minutes_of":"2024-01-11","items":[{"number":"1","title":"Minutes of the meeting on 11 January 2024","first_page":2,"last_page":2,"exempt":false},{"number":"2","title":"Performance report","first_page":3,"last_page":3,"exempt":false}],"characters":1152,"pages":3,"unreadable_pages":0,"notes":[],"counts":{"meetings":2,"items":2,"passages":4,"decisions":2,"tables":1,"observations":10},"reading":8}','# Thistledown County Council

# Corporate Parenting Board

**Thursday 7 March 2024 at 2.00 pm, Shire Hall, Thistledown**

## Agenda

| Item | Title | Pages |
|---|---|---|
| 1 | Minutes of the meeting on 11 January 2024 | 2 |
| 2 | Performance report | 3 |

Page 1

# Minutes of the Corporate Parenting Board

**Held on Thursday 11 January 2024 at Shire Hall, Thistledown**

### 4. Bicycle repair grants

The Board heard that young people leaving care could not afford to mend their bicycles.

Resolved: That bicycle repair grants of £60 be offered to every care leaver from 1 April 2024.

ACTION: Maud Pellow to tell every personal adviser of the bicycle repair grants by 1 March 2024.

### 5. Comments from the survey

One comment read <script>alert(1)</script> [bold]and[/bold] **stars** about the umbrella stand.

Page 2

# Performance report to 31 January 2024

**1.0 Monthly figures**

| Measure | Nov-23 | Dec-23 | Jan-24 | Target |
|---|---|---|---|---|
| 1 Children looked after (number) | 412 | 415 | 409 |  |
| 2 Dental check up to date | 81% | 82% | 84% | 90% |

1.1 There were 409 children looked after at the end of January 2024.

Page 3
','[{"start":0,"end":265,"number":1,"sheet":null,"confidence":null,"unread":null},{"start":265,"end":825,"number":2,"sheet":null,"confidence":null,"unread":null},{"start":825,"end":1152,"number":3,"sheet":null,"confidence":null,"unread":null}]',0,'Thistledown County Council','Corporate Parenting Board',0);
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
    body TEXT NOT NULL,
    privacy INTEGER NOT NULL DEFAULT 0,
    kinds TEXT NOT NULL DEFAULT ''
);
INSERT INTO "passage" VALUES(1,'thistledown-cpb-2024-03-07','1358654e1caef17e3592d086555e27f7ce352090559079e57021ed356cb5bfea','Thistledown County Council','Corporate Parenting Board','2024-03-07',0,254,'','{"part":"front sheet","part_title":"Agenda","headings":["Corporate Parenting Board","Agenda"],"meeting":{"council":"Thistledown County Council","committee":"Corporate Parenting Board","held":"2024-03-07"},"units":[{"kind":"heading","text":"Thistledown County Council","start":0,"end":28},{"kind":"heading","text":"Corporate Parenting Board","start":30,"end":57},{"kind":"heading","text":"Thursday 7 March 2024 at 2.00 pm, Shire Hall, Thistledown","start":59,"end":120},{"kind":"heading","text":"Agenda","start":122,"end":131},{"kind":"table row","text":"1 — Title: Minutes of the meeting on 11 January 2024; Pages: 2","start":174,"end":223},{"kind":"table row","text":"2 — Title: Performance report; Pages: 3","start":228,"end":254}],"locator":{"paper":"thistledown-cpb-2024-03-07","start":0,"end":254,"page":1,"item":"Agenda","paragraph":null,"sheet":null},"context":"Thistledown County Council > Corporate Parenting Board > 7 March 2024 > Agenda > Corporate Parenting Board > Agenda"}',0,'|agenda|');
INSERT INTO "passage" VALUES(2,'thistledown-cpb-2024-03-07','ca2af9d356a0fcb0b32d9dd778a7d7a5daa7b0eb691e55996665a41035ee75d6','Thistledown County Council','Corporate Parenting Board','2024-01-11',266,686,'action,resolution','{"part":"minutes","part_title":"Minutes","headings":["4. Bicycle repair grants"],"meeting":{"council":"Thistledown County Council","committee":"Corporate Parenting Board","held":"2024-01-11"},"units":[{"kind":"heading","text":"Minutes of the Corporate Parenting Board","start":266,"end":308},{"kind":"heading","text":"Held on Thursday 11 January 2024 at Shire Hall, Thistledown","start":310,"end":373},{"kind":"heading","text":"4. Bicycle repair grants","start":375,"end":403},{"kind":"sentence","text":"The Board heard that young people leaving care could not afford to mend their bicycles.","start":405,"end":492},{"kind":"sentence","text":"Resolved: That bicycle repair grants of £60 be offered to every care leaver from 1 April 2024.","start":494,"end":588},{"kind":"sentence","text":"ACTION: Maud Pellow to tell every personal adviser of the bicycle repair grants by 1 March 2024.","start":590,"end":686}],"locator":{"paper":"thistledown-cpb-2024-03-07","start":266,"end":686,"page":2,"item":"4. Bicycle repair grants","paragraph":null,"sheet":null},"context":"Thistledown County Council > Corporate Parenting Board > 11 January 2024 > Minutes of the meeting > 4. Bicycle repair grants"}',0,'|minutes|');
INSERT INTO "passage" VALUES(3,'thistledown-cpb-2024-03-07','a18e4466069e44f719e764634545b53965ce01a905a91701328d23a92ae9177b','Thistledown County Council','Corporate Parenting Board','2024-01-11',688,816,'','{"part":"minutes","part_title":"Minutes","headings":["5. Comments from the survey"],"meeting":{"council":"Thistledown County Council","committee":"Corporate Parenting Board","held":"2024-01-11"},"units":[{"kind":"heading","text":"5. Comments from the survey","start":688,"end":719},{"kind":"sentence","text":"One comment read alert(1) [bold]and[/bold] stars about the umbrella stand.","start":721,"end":816}],"locator":{"paper":"thistledown-cpb-2024-03-07","start":688,"end":816,"page":2,"item":"5. Comments from the survey","paragraph":"5","sheet":null},"context":"Thistledown County Council > Corporate Parenting Board > 11 January 2024 > Minutes of the meeting > 5. Comments from the survey"}',0,'|minutes|');
INSERT INTO "passage" VALUES(4,'thistledown-cpb-2024-03-07','56697232a2523a1aac51eed831b6812ca9e83da186849565007586432d5f5643','Thistledown County Council','Corporate Parenting Board','2024-03-07',826,1143,'','{"part":"report","part_title":"Performance report to 31 January 2024","headings":["Performance report to 31 January 2024","1.0 Monthly figures"],"meeting":{"council":"Thistledown County Council","committee":"Corporate Parenting Board","held":"2024-03-07"},"units":[{"kind":"heading","text":"Performance report to 31 January 2024","start":826,"end":865},{"kind":"heading","text":"1.0 Monthly figures","start":867,"end":890},{"kind":"table row","text":"1 Children looked after (number) — Nov-23: 412; Dec-23: 415; Jan-24: 409","start":964,"end":1018},{"kind":"table row","text":"2 Dental check up to date — Nov-23: 81%; Dec-23: 82%; Jan-24: 84%; Target: 90%","start":1022,"end":1071},{"kind":"list item","text":"1.1 There were 409 children looked after at the end of January 2024.","start":1075,"end":1143}],"locator":{"paper":"thistledown-cpb-2024-03-07","start":826,"end":1143,"page":3,"item":"Performance report to 31 January 2024","paragraph":null,"sheet":null},"context":"Thistledown County Council > Corporate Parenting Board > 7 March 2024 > Performance report to 31 January 2024 > Performance report to 31 January 2024 > 1.0 Monthly figures"}',0,'|performance|report|');
CREATE TABLE passage_vector (
    id INTEGER PRIMARY KEY REFERENCES passage ON DELETE CASCADE,
    vector BLOB NOT NULL
);
CREATE TABLE report (
    id INTEGER PRIMARY KEY,
    paper TEXT NOT NULL REFERENCES paper ON DELETE CASCADE,
    body TEXT NOT NULL,
    privacy INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE restriction (
    id INTEGER PRIMARY KEY,
    paper TEXT NOT NULL REFERENCES paper ON DELETE CASCADE,
    start INTEGER NOT NULL,
    finish INTEGER NOT NULL,
    privacy INTEGER NOT NULL,
    title TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE TABLE ruling (
    id INTEGER PRIMARY KEY,
    paper TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    start INTEGER NOT NULL,
    finish INTEGER NOT NULL,
    privacy INTEGER NOT NULL,
    title TEXT NOT NULL,
    ruled_by TEXT NOT NULL,
    ruled_at TEXT NOT NULL
);
CREATE TABLE table_ (
    id INTEGER PRIMARY KEY,
    paper TEXT NOT NULL REFERENCES paper ON DELETE CASCADE,
    body TEXT NOT NULL,
    privacy INTEGER NOT NULL DEFAULT 0
);
INSERT INTO "table_" VALUES(1,'thistledown-cpb-2024-03-07','{"caption":"1.0 Monthly figures","headings":["Performance report to 31 January 2024","Performance report to 31 January 2024","1.0 Monthly figures"],"header":[[{"text":"Measure","start":894,"end":901},{"text":"Nov-23","start":904,"end":910},{"text":"Dec-23","start":913,"end":919},{"text":"Jan-24","start":922,"end":928},{"text":"Target","start":931,"end":937}]],"rows":[[{"text":"1 Children looked after (number)","start":964,"end":996},{"text":"412","start":999,"end":1002},{"text":"415","start":1005,"end":1008},{"text":"409","start":1011,"end":1014},{"text":"","start":1018,"end":1018}],[{"text":"2 Dental check up to date","start":1022,"end":1047},{"text":"81%","start":1050,"end":1053},{"text":"82%","start":1056,"end":1059},{"text":"84%","start":1062,"end":1065},{"text":"90%","start":1068,"end":1071}]],"meeting":{"council":"Thistledown County Council","committee":"Corporate Parenting Board","held":"2024-03-07"},"locator":{"paper":"thistledown-cpb-2024-03-07","start":894,"end":1071,"page":3,"item":"1.0 Monthly figures","paragraph":null,"sheet":null}}',0);
CREATE INDEX passage_paper ON passage (paper, finish);
CREATE INDEX passage_key ON passage (key);
CREATE INDEX passage_meeting ON passage (council, committee, held);
CREATE INDEX decision_paper ON decision (paper);
CREATE INDEX table__paper ON table_ (paper);
CREATE INDEX observation_paper ON observation (paper);
CREATE INDEX attendee_paper ON attendee (paper);
CREATE INDEX report_paper ON report (paper);
CREATE INDEX restriction_paper ON restriction (paper);
CREATE INDEX abbreviation_id ON abbreviation (id);
CREATE INDEX decision_index_meeting ON decision_index (council, committee, held);
CREATE INDEX decision_index_place ON decision_index (paper, start);
CREATE VIRTUAL TABLE passage_words USING fts5 (place, body, dates, tokenize = "unicode61 tokenchars '.'");
CREATE VIRTUAL TABLE passage_vocabulary USING fts5vocab (passage_words, 'row');
CREATE VIRTUAL TABLE decision_words USING fts5 (title, body, tokenize = "unicode61 tokenchars '.'");
CREATE VIRTUAL TABLE decision_vocabulary USING fts5vocab (decision_words, 'row');
COMMIT;
PRAGMA user_version = 4;
