-- A state of the first format: one run that ended, one that died in the middle of a call.
INSERT INTO "run" VALUES('default',1,'apply','ann','host-a','first','digest','2026-01-01T00:00:00Z','2026-11-26T22:05:50Z','done');
INSERT INTO "run" VALUES('default',2,'apply','ann','host-a','first','digest','2026-01-01T00:00:00Z','','running');
INSERT INTO "entry" VALUES('default','instance','send_connector.relay[2]','',1,'{"handle":"guid-2","plain":{"name":"Relay 2","port":25}}','3cea70f4fb0b8acd95e6d6269f42e2bc');
INSERT INTO "entry" VALUES('default','output','port','',1,'{"type":"number","value":25}','066ad089da1a7ef775b6ce67f5ff9aa5');
INSERT INTO "entry" VALUES('default','intent','i-1','',2,'{"address":"send_connector.relay[3]","deposed":"","identity":"Relay 3","made":false,"plain":{"name":"Relay 3"},"seen":[],"verb":"create"}','72c18b80aefd1fa2e7246df33f3b9c16');
INSERT INTO "history" VALUES('default',1,1,1,'instance','send_connector.relay[1]','','',0,'',1,'{"handle":"guid-1","plain":{"name":"Relay 1","port":25}}','d6b4cd2856ba54bac34f2bb894455ba2');
INSERT INTO "history" VALUES('default',2,1,1,'instance','send_connector.relay[2]','','',0,'',1,'{"handle":"guid-2","plain":{"name":"Relay 2","port":25}}','5ecb1a6864a3fab65522e55e4e669e01');
INSERT INTO "history" VALUES('default',3,1,2,'output','port','','',0,'',1,'{"type":"number","value":25}','7cc4ae1e968fa6187ee008374777250f');
INSERT INTO "history" VALUES('default',4,2,4,'instance','send_connector.relay[1]','','',1,'{"handle":"guid-1","plain":{"name":"Relay 1","port":25}}',0,'','6fde61a91654ff3343bd933064f0e547');
INSERT INTO "lease" VALUES('default',2,0,'','',0,'','','');
INSERT INTO "meta" VALUES('default','323f0448-82ea-31ee-c599-989f29d7f390',4,'b616ccff84232967f2c21281d47e1977',4,'6fde61a91654ff3343bd933064f0e547','0.1.0','9712582e400479815ecb89e462d2a080');
