package io.sipcodes.demo;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real browser without a screen, led by its DevTools protocol; one tab. */
final class Chromium implements AutoCloseable {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final Process process;
    private final WebSocket socket;

    Chromium(Path program, Path profile) throws Exception {
        process = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--hide-scrollbars",
                        "--lang=en",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("chromium.log").toFile())
                .start();
        Path port = profile.resolve("DevToolsActivePort");
        await().atMost(LONG)
                .until(() -> Files.exists(port) && Files.readAllLines(port).size() > 1);
        String address = "http://127.0.0.1:" + Files.readAllLines(port).get(0) + "/json";
        URI tab = await().atMost(LONG).until(() -> tab(address), Objects::nonNull);
        socket = http.newWebSocketBuilder().buildAsync(tab, new Listener()).get(LONG.toSeconds(), TimeUnit.SECONDS);
        command("Runtime.enable", Map.of());
        command("Log.enable", Map.of());
        command("Page.enable", Map.of());
    }

    // The first is there a moment after the browser listens.
    private URI tab(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        for (JsonNode each : json.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body())) {
            if (each.get("type").asString().equals("page")) {
                return URI.create(each.get("webSocketDebuggerUrl").asString());
            }
        }
        return null;
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                JsonNode message = json.readTree(text.toString());
                text.setLength(0);
                if (message.has("id")) {
                    open.remove(message.get("id").asInt()).complete(message);
                } else if (List.of("Runtime.exceptionThrown", "Log.entryAdded")
                        .contains(message.get("method").asString())) {
                    complaints.add(message.get("params").toString());
                }
            }
            webSocket.request(1);
            return null;
        }
    }

    private JsonNode command(String method, Map<String, ?> parameters) throws Exception {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        open.put(id, answer);
        socket.sendText(json.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
                .get(LONG.toSeconds(), TimeUnit.SECONDS);
        JsonNode message = answer.get(LONG.toSeconds(), TimeUnit.SECONDS);
        if (message.has("error")) {
            throw new IllegalStateException(method + ": " + message.get("error"));
        }
        return message.get("result");
    }

    /** What the browser complained of so far: exceptions, refused scripts, missing files. */
    List<String> complaints() {
        return complaints;
    }

    void size(int width, int height) throws Exception {
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    void scheme(String lightOrDark) throws Exception {
        command(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", lightOrDark))));
    }

    void open(String url) throws Exception {
        command("Page.navigate", Map.of("url", url));
        await().atMost(LONG).until(() -> ask("document.readyState").asString().equals("complete"));
    }

    /** What an expression comes to; a promise is waited for. */
    JsonNode ask(String expression) throws Exception {
        JsonNode result = command(
                "Runtime.evaluate",
                Map.of("expression", expression, "returnByValue", true, "awaitPromise", true, "userGesture", true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + result.get("exceptionDetails"));
        }
        JsonNode value = result.get("result").get("value");
        return value == null ? json.nullNode() : value;
    }

    String text(String selector) throws Exception {
        return ask("document.querySelector(" + json.writeValueAsString(selector) + ")?.textContent ?? ''")
                .asString();
    }

    /** Presses a key where the focus is, as a keyboard would. */
    void press(String key, int code) throws Exception {
        String typed = key.equals("Enter") ? "\r" : key.length() == 1 ? key : "";
        command(
                "Input.dispatchKeyEvent",
                Map.of("type", "keyDown", "key", key, "windowsVirtualKeyCode", code, "text", typed));
        command("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "windowsVirtualKeyCode", code));
    }

    void type(String text) throws Exception {
        command("Input.insertText", Map.of("text", text));
    }

    /** Takes a picture of the whole page, for people to look at. */
    void picture(Path file) throws Exception {
        JsonNode content = command("Page.getLayoutMetrics", Map.of()).get("cssContentSize");
        String data = command(
                        "Page.captureScreenshot",
                        Map.of(
                                "captureBeyondViewport",
                                true,
                                "clip",
                                Map.of(
                                        "x",
                                        0,
                                        "y",
                                        0,
                                        "scale",
                                        1,
                                        "width",
                                        content.get("width").asInt(),
                                        "height",
                                        Math.min(content.get("height").asInt(), 8_000))))
                .get("data")
                .asString();
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(data));
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
