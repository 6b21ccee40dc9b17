package io.sipcodes.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole demo on free ports, for as long as a test needs it. */
final class RunningDemo implements AutoCloseable {

    private static final Pattern SERIES = Pattern.compile("(?m)^(\\w+)\\{([^}]*)} (\\S+)$");
    private static final Pattern TAG = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;

    RunningDemo(String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        for (String port : List.of("--server.port=", "--demo.sip.port=", "--demo.caller.port=")) {
            if (all.stream().noneMatch(setting -> setting.startsWith(port))) {
                all.add(port + 0);
            }
        }
        context = SpringApplication.run(DemoApplication.class, all.toArray(String[]::new));
    }

    String url(String path) {
        return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path;
    }

    int sipPort() {
        return context.getBean(Telephony.class).exchange().port();
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(url(path))).build());
    }

    JsonNode json(String path) {
        return json.readTree(get(path).body());
    }

    HttpResponse<String> post(String path, String type, String body) {
        return send(HttpRequest.newBuilder(URI.create(url(path)))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The sum of all series of the scrape that have these tags among theirs. */
    double scraped(String name, Map<String, String> tags) {
        Matcher series = SERIES.matcher(get("/actuator/prometheus").body());
        double sum = 0;
        while (series.find()) {
            if (series.group(1).equals(name) && tags(series.group(2)).entrySet().containsAll(tags.entrySet())) {
                sum += Double.parseDouble(series.group(3));
            }
        }
        return sum;
    }

    private static Map<String, String> tags(String text) {
        Map<String, String> tags = new HashMap<>();
        Matcher tag = TAG.matcher(text);
        while (tag.find()) {
            tags.put(tag.group(1), tag.group(2));
        }
        return tags;
    }

    JsonNode parse(String text) {
        return json.readTree(text);
    }

    @Override
    public void close() {
        context.close();
    }
}
