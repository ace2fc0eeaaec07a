// A way to the server that breaks: after so many bytes it ends every connection, once, and is then whole again.

import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export class CuttingProxy {
  /** Bytes towards the server, and back, until the next cut. */
  up = Number.POSITIVE_INFINITY;
  down = Number.POSITIVE_INFINITY;
  cuts = 0;
  #open = new Set<Socket>();
  #server = createServer((near) => this.#join(near));

  constructor(
    private readonly port: number,
    private readonly host = "127.0.0.1",
  ) {}

  async open(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#end();
    this.#server.close();
  }

  #join(near: Socket): void {
    const far = connect(this.port, this.host);
    for (const [from, to, way] of [[near, far, "up"], [far, near, "down"]] as const) {
      this.#open.add(from);
      from.on("data", (bytes) => this.#pass(bytes, [from, to], way));
      from.on("error", () => to.destroy());
      from.on("close", () => {
        this.#open.delete(from);
        to.destroy();
      });
    }
  }

  #pass(bytes: Buffer, [from, to]: [Socket, Socket], way: "up" | "down"): void {
    const left = this[way];
    this[way] = left - bytes.length;
    if (bytes.length <= left) {
      to.write(bytes);
      return;
    }
    this.up = this.down = Number.POSITIVE_INFINITY;
    this.cuts += 1;
    for (const socket of this.#open) {
      // Nothing may follow what was cut away: a real way never leaves a hole.
      socket.removeAllListeners("data");
      if (socket === from || socket === to) socket.resume();
      else socket.destroy();
    }
    // What fits still arrives, as on a real way, however late the other end reads it: a connection that is torn down takes with it
    // what was not read yet, one that ends does not. The near end sees it break when the far one has let go.
    to.end(bytes.subarray(0, Math.max(0, left)));
  }

  #end(): void {
    for (const socket of this.#open) socket.destroy();
  }
}
