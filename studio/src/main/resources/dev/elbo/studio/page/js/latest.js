/** One request at a time: while it runs only the newest input waits, older ones are let go. */
export class Latest {
  constructor(task, done, failed) {
    this.task = task;
    this.done = done;
    this.failed = failed;
    this.running = false;
    this.waiting = null;
  }

  ask(input) {
    this.waiting = { input };
    if (!this.running) this.#run();
  }

  /** What is under way is not shown any more. */
  cancel() {
    this.waiting = null;
    this.round = (this.round ?? 0) + 1;
  }

  async #run() {
    this.running = true;
    while (this.waiting) {
      const { input } = this.waiting;
      const round = this.round;
      this.waiting = null;
      try {
        const answer = await this.task(input);
        if (round === this.round) this.done(answer, input);
      } catch (error) {
        if (round === this.round) this.failed(error);
      }
    }
    this.running = false;
  }
}
