// The draft as this page has it: what the server said, and on top of it the commands that it has not answered yet.

const builtOn = ({ changes }, keys) => changes.some(({ key, version }) => version === null && keys.has(key));

export class Draft {
  constructor(state) {
    this.pending = [];
    this.take(state);
  }

  // The whole draft as the server has it now. Commands that wait keep waiting.
  take(state) {
    this.said = new Map(state.things.map(({ key, thing }) => [key, thing]));
    this.versions = new Map(state.things.map(({ key, version }) => [key, version]));
    Object.assign(this, { outline: state.outline, aisles: state.aisles, areas: state.areas, facts: state.facts, live: state.live });
    this.common(state);
    this.refresh();
  }

  common({ draft, sequence, undo, redo, findings, waiting }) {
    Object.assign(this, { draft, sequence, findings, waiting, canUndo: undo, canRedo: redo });
  }

  // Everything by key, with what waits.
  refresh() {
    this.things = new Map(this.said);
    for (const { changes } of this.pending) {
      for (const { key, after } of changes) {
        if (after) this.things.set(key, after);
        else this.things.delete(key);
      }
    }
  }

  versionOf(key) {
    return this.versions.get(key) ?? 0;
  }

  // Do a command here at once and put it in the queue. What it does not change it does not send.
  put({ name, changes = [], ...more }, token) {
    const real = changes.filter(({ key, after }) => JSON.stringify(after) !== JSON.stringify(this.things.get(key) ?? null));
    if (changes.length && !real.length) return null;
    const seen = real.map(({ key, after }) => ({ key, after, version: this.seen(key) }));
    const command = { ...more, name, token, changes: seen };
    this.pending.push(command);
    this.refresh();
    return command;
  }

  // The version on which a change is built: that of this page's own command before it is known when that is answered.
  seen(key) {
    return this.pending.some(({ changes }) => changes.some((change) => change.key === key)) ? null : this.versionOf(key);
  }

  // The command that is sent next; its versions are those that its author saw.
  get next() {
    return this.pending[0] ?? null;
  }

  // What the server said of the first command: done or not, it waits no longer. Gives the later commands that are
  // dropped, because they went on from one that was not done.
  answered(answer) {
    const [{ changes }] = this.pending.splice(0, 1);
    this.receive(answer, false);
    const own = new Set(changes.map(({ key }) => key));
    const dropped = answer.result === "applied" ? [] : this.pending.filter((one) => builtOn(one, own));
    this.pending = this.pending.filter((one) => !dropped.includes(one));
    for (const later of this.pending) {
      for (const change of later.changes) {
        if (change.version === null && own.has(change.key)) change.version = this.versionOf(change.key);
      }
      for (const change of later.changes) own.delete(change.key);
    }
    this.refresh();
    return dropped;
  }

  // What changed on the server, by whomever. Gives the commands of others.
  receive(update, refresh = true) {
    if (update.whole) {
      this.take(update);
      return [];
    }
    for (const { key, version, thing } of update.objects ?? []) {
      this.versions.set(key, version);
      if (thing) this.said.set(key, thing);
      else this.said.delete(key);
    }
    if ("sequence" in update) this.common(update);
    if (refresh) this.refresh();
    return (update.commands ?? []).filter(({ own }) => !own);
  }
}
