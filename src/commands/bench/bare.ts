/**
 * The bare server that ours is measured against: Express and EJS with nothing around them, one page with one question,
 * and one post that does a synced insert. Run as a program; prints its port.
 */
import type { AddressInfo } from 'node:net';
import ejs from 'ejs';
import express from 'express';
import { loadDriver } from '../../db/driver.ts';

const page = ejs.compile(`<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title><%= title %></title></head>
<body><main><h1><%= title %></h1>
<form method="post">
<% for (const option of options) { %><label><input type="radio" name="S1" value="<%= option.code %>"> <%= option.label %></label>
<% } %><button>Continue</button>
</form></main></body>
</html>`);
const options = ['agreed', 'trial', 'informal', 'stopped', 'no', 'dk'].map((code) => ({
  code,
  label: `We say ${code}`,
}));

const Driver = await loadDriver();
const db = new Driver(process.argv[2] ?? ':memory:');
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec('CREATE TABLE answers (key INTEGER PRIMARY KEY, answer TEXT NOT NULL)');
const insert = db.prepare('INSERT INTO answers (answer) VALUES (?)');

const app = express();
app.use(express.urlencoded({ extended: false }));
app.get('/', (_request, response) => void response.send(page({ title: 'How do you use AI?', options })));
app.post('/', (request, response) => {
  insert.run(JSON.stringify(request.body));
  response.redirect(303, '/');
});
const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
