// Pages opened from a folder may start no worker. There, the search runs in a frame.
if (location.protocol === "file:") {
  self.Worker = class extends EventTarget {
    constructor(address) {
      super();
      const frame = document.createElement("iframe");
      frame.hidden = true;
      document.body.append(frame);
      this.scope = frame.contentWindow;
      this.scope.postMessage = (data) =>
        this.dispatchEvent(new MessageEvent("message", { data }));
      const script = this.scope.document.createElement("script");
      script.src = address;
      this.ready = new Promise((resolve) => script.addEventListener("load", resolve));
      this.scope.document.body.append(script);
    }

    postMessage(data) {
      const message = new this.scope.MessageEvent("message", { data });
      this.ready.then(() => this.scope.dispatchEvent(message));
    }
  };
}
