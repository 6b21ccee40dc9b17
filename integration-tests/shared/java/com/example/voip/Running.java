package com.example.voip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.context.ConfigurableApplicationContext;

/** An application that runs, with its HTTP port and its log file. */
final class Running implements AutoCloseable {

    /** An answer over HTTP. */
    record Answer(int status, String contentType, String body) {
        Map<String, Object> json() {
            return JsonParserFactory.getJsonParser().parseMap(body);
        }
    }

    final ConfigurableApplicationContext context;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();

    private Running(ConfigurableApplicationContext context, Path log) {
        this.context = context;
        this.log = log;
    }

    static Running start(Class<?> application, String... arguments) {
        try {
            Path log = Files.createTempFile(Files.createDirectories(Path.of("target/logs")), "application", ".log");
            List<String> all = new ArrayList<>(List.of(
                    "--server.port=0",
                    "--server.address=127.0.0.1",
                    "--logging.file.name=" + log,
                    "--spring.main.banner-mode=off",
                    "--management.endpoints.web.exposure.include=sipcodes,prometheus,info"));
            all.addAll(List.of(arguments));
            SpringApplication program = new SpringApplication(application);
            program.setMainApplicationClass(application);
            return new Running(program.run(all.toArray(String[]::new)), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    Answer post(String path, String json) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The lines of the log file so far. */
    List<String> log() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.close();
        // Boot leaves these behind: the next application of this JVM would write its log in the format of this one.
        System.clearProperty("CONSOLE_LOG_STRUCTURED_FORMAT");
        System.clearProperty("FILE_LOG_STRUCTURED_FORMAT");
    }
}
