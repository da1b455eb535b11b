package dev.elbo.studio.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** What a reader does with the page, and what is seen of it. */
final class Tab {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Steps of a drag, as a hand makes them. */
  private static final int DRAG_STEPS = 10;

  private final DevTools devTools;

  Tab(DevTools devTools) {
    this.devTools = devTools;
    List.of("Page", "Runtime", "Network", "Log").forEach(each -> devTools.send(each + ".enable"));
    size(1280, 900);
  }

  private static ObjectNode object() {
    return DevTools.JSON.createObjectNode();
  }

  /** Loads an address anew. */
  void open(String address) {
    devTools.send("Page.navigate", object().put("url", "about:blank"));
    devTools.send("Page.navigate", object().put("url", address));
    await("document.readyState === 'complete' && location.href !== 'about:blank'");
  }

  void reload() {
    run("window.stale = true");
    devTools.send("Page.reload");
    await("!window.stale && document.readyState === 'complete'");
  }

  void size(int width, int height) {
    devTools.send(
        "Emulation.setDeviceMetricsOverride",
        object()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", false));
  }

  /** Light or dark, and whether motion is wanted. */
  void prefers(String colours, boolean stillness) {
    ObjectNode media = object();
    media
        .putArray("features")
        .add(object().put("name", "prefers-color-scheme").put("value", colours))
        .add(
            object()
                .put("name", "prefers-reduced-motion")
                .put("value", stillness ? "reduce" : "no-preference"));
    devTools.send("Emulation.setEmulatedMedia", media);
  }

  /** The value of an expression, waited for where it is a promise. */
  JsonNode run(String expression) {
    JsonNode result =
        devTools.send(
            "Runtime.evaluate",
            object()
                .put("expression", expression)
                .put("awaitPromise", true)
                .put("returnByValue", true)
                .put("userGesture", true));
    if (result.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + result.get("exceptionDetails"));
    }
    return result.path("result").path("value");
  }

  String text(String expression) {
    return run(expression).asText();
  }

  double number(String expression) {
    return run(expression).asDouble();
  }

  boolean is(String expression) {
    return run("Boolean(" + expression + ")").asBoolean();
  }

  /** Until an expression is true. */
  void await(String expression) {
    await(expression, PATIENCE);
  }

  void await(String expression, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (!is(expression)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("never true: " + expression + "; errors: " + errors());
      }
      pause(40);
    }
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The middle of an element, scrolled to, in pixels of the window. */
  double[] middle(String selector) {
    return at(selector, 0.5, 0.5);
  }

  /** A place in an element, as shares of its width and height. */
  double[] at(String selector, double across, double down) {
    String box = "document.querySelector(`" + selector + "`)";
    run(box + ".scrollIntoView({block: 'center', behavior: 'instant'})");
    return new double[] {
      number("(b => b.left + b.width * %s)(%s.getBoundingClientRect())".formatted(across, box)),
      number("(b => b.top + b.height * %s)(%s.getBoundingClientRect())".formatted(down, box))
    };
  }

  void click(String selector) {
    await("document.querySelector(`" + selector + "`)");
    click(middle(selector));
  }

  void click(double[] at) {
    mouse("mousePressed", at, 1);
    mouse("mouseReleased", at, 0);
  }

  /** Presses at the first place and lets go at the last. */
  void drag(double[]... places) {
    mouse("mousePressed", places[0], 1);
    for (int i = 1; i < places.length; i++) {
      for (int step = 1; step <= DRAG_STEPS; step++) {
        double share = (double) step / DRAG_STEPS;
        double x = places[i - 1][0] + share * (places[i][0] - places[i - 1][0]);
        double y = places[i - 1][1] + share * (places[i][1] - places[i - 1][1]);
        mouse("mouseMoved", new double[] {x, y}, 1);
      }
    }
    mouse("mouseReleased", places[places.length - 1], 0);
  }

  void move(double[] to) {
    mouse("mouseMoved", to, 0);
  }

  private void mouse(String type, double[] at, int buttons) {
    boolean isMove = type.equals("mouseMoved");
    devTools.send(
        "Input.dispatchMouseEvent",
        object()
            .put("type", type)
            .put("x", at[0])
            .put("y", at[1])
            .put("button", isMove && buttons == 0 ? "none" : "left")
            .put("buttons", buttons)
            .put("clickCount", isMove ? 0 : 1));
  }

  void wheel(double[] at, int by) {
    devTools.send(
        "Input.dispatchMouseEvent",
        object()
            .put("type", "mouseWheel")
            .put("x", at[0])
            .put("y", at[1])
            .put("deltaX", 0)
            .put("deltaY", by));
  }

  /** Two fingers around a place, going apart or together. */
  void pinch(double[] around, double from, double to) {
    touch("touchStart", around, from);
    for (int step = 1; step <= DRAG_STEPS; step++) {
      touch("touchMove", around, from + (to - from) * step / DRAG_STEPS);
    }
    ObjectNode none = object().put("type", "touchEnd");
    none.putArray("touchPoints");
    devTools.send("Input.dispatchTouchEvent", none);
  }

  private void touch(String type, double[] around, double reach) {
    ObjectNode event = object().put("type", type);
    event
        .putArray("touchPoints")
        .add(object().put("x", around[0] - reach).put("y", around[1]).put("id", 1))
        .add(object().put("x", around[0] + reach).put("y", around[1]).put("id", 2));
    devTools.send("Input.dispatchTouchEvent", event);
  }

  /** Presses a key, such as {@code Tab}, {@code ArrowDown}, {@code Enter} or {@code " "}. */
  void key(String key) {
    int code =
        switch (key) {
          case "Tab" -> 9;
          case "Enter" -> 13;
          case "Escape" -> 27;
          case " " -> 32;
          case "ArrowLeft" -> 37;
          case "ArrowUp" -> 38;
          case "ArrowRight" -> 39;
          case "ArrowDown" -> 40;
          default -> key.charAt(0);
        };
    ObjectNode down = object().put("type", "keyDown").put("key", key);
    down.put("windowsVirtualKeyCode", code);
    if (key.equals("Enter")) {
      down.put("text", "\r");
    } else if (key.length() == 1) {
      down.put("text", key);
    }
    devTools.send("Input.dispatchKeyEvent", down);
    devTools.send(
        "Input.dispatchKeyEvent",
        object().put("type", "keyUp").put("key", key).put("windowsVirtualKeyCode", code));
  }

  /** What the console says of errors, and what was thrown. */
  List<String> errors() {
    return devTools.events().stream()
        .filter(
            event ->
                event.method().equals("Runtime.exceptionThrown")
                    || event.method().equals("Log.entryAdded")
                        && event.parameters().at("/entry/level").asText().equals("error")
                    || event.method().equals("Runtime.consoleAPICalled")
                        && Set.of("error", "assert")
                            .contains(event.parameters().path("type").asText()))
        .map(event -> event.parameters().toString())
        .toList();
  }

  /** Addresses that were asked for, by whatever part of the page. */
  List<String> requests() {
    return devTools.events().stream()
        .filter(event -> event.method().equals("Network.requestWillBeSent"))
        .map(event -> event.parameters().at("/request/url").asText())
        .toList();
  }

  /** What was told so far does not count. */
  void forget() {
    devTools.events().clear();
  }

  byte[] screenshot() {
    JsonNode picture = devTools.send("Page.captureScreenshot", object().put("format", "png"));
    return Base64.getDecoder().decode(picture.get("data").asText());
  }
}
