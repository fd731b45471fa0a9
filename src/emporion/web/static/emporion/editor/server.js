// The page's talk with the server: commands one after the other, and what others did, asked for every second.
const EVERY_MS = 1000;
const AGAIN_MS = 3000;

export class Server {
  // hear(answer, command) is told of every answer; changed() whenever what waits changed.
  constructor({ state, commands, token }, draft, { hear, news, changed }) {
    Object.assign(this, { state, commands, csrf: token, draft, hear, news, changed, sending: false, away: 0 });
    setInterval(() => this.ask(), EVERY_MS);
  }

  async send() {
    if (this.sending || !this.draft.next) return;
    this.sending = true;
    this.changed();
    const command = this.draft.next;
    try {
      const response = await fetch(this.commands, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.csrf },
        body: JSON.stringify({ ...command, since: this.draft.sequence }),
      });
      await this.read(response, command);
    } catch {
      // The command waits: it has a token, so that sending it again does it once.
      this.away = 1;
      setTimeout(() => this.send(), AGAIN_MS);
    } finally {
      this.sending = false;
      this.changed();
    }
    if (!this.away) this.send();
  }

  async read(response, command) {
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    if (response.redirected || (!isJson && response.status >= 500)) throw new Error("not answered");
    this.away = 0;
    const answer = isJson ? await response.json() : { result: "failed", status: response.status };
    this.hear(answer, command, this.draft.answered(answer));
  }

  async ask() {
    if (document.hidden || this.sending || this.asking || this.draft.next) return;
    this.asking = true;
    const { draft, sequence, live } = this.draft;
    try {
      const response = await fetch(`${this.state}?draft=${draft}&since=${sequence}&live=${live}`);
      if (response.redirected || !response.ok) throw new Error("not answered");
      const update = await response.json();
      const was = this.away;
      this.away = 0;
      // What was sent meanwhile has newer news than this answer.
      if (!update.same && !this.sending && sequence === this.draft.sequence) this.news(update);
      if (was) this.changed();
    } catch {
      this.away = 1;
      this.changed();
    } finally {
      this.asking = false;
    }
  }
}
