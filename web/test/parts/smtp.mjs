// A real SMTP server for the tests: takes every mail and prints it as one JSON line.
// First line: {"port"}. Ends with its standard input, so that it never outlives the test that started it.
import { SMTPServer } from "smtp-server";

const say = (line) => process.stdout.write(JSON.stringify(line) + "\n");

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  logger: false,
  onData(stream, session, done) {
    const chunks = [];
    stream.on("data", (chunk) => chunks.push(chunk));
    stream.on("end", () => {
      const to = session.envelope.rcptTo.map((recipient) => recipient.address);
      const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : "";
      say({ from, to, raw: Buffer.concat(chunks).toString("utf8") });
      done();
    });
  },
});

server.listen(0, "127.0.0.1", () => say({ port: server.server.address().port }));
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
