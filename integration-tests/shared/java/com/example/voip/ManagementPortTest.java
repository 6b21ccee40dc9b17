package com.example.voip;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/** The endpoint on a port of its own, which has a context and a servlet of its own. */
class ManagementPortTest {

    @Test
    void shouldAnswerInTheLanguageOfTheReaderOnAPortOfItsOwn() throws Exception {
        try (Running application =
                Running.start(Backend.class, "--management.server.port=0", "--management.server.address=127.0.0.1")) {
            String port = application.context.getEnvironment().getProperty("local.management.port");
            HttpResponse<String> answer = get(port, "486");

            assertThat(port)
                    .isNotEqualTo(application.context.getEnvironment().getProperty("local.server.port"));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"language\":\"de\"");
            // One context of the two has taken hold of the traffic, not both. Each is asked for its outputs, which makes them.
            assertThat(get(port, "attachment").body()).contains("\"outputs\":[\"log\"");
            application
                    .context
                    .getBean("sipCodesInfo", InfoContributor.class)
                    .contribute(new Info.Builder());
            assertThat(application.log())
                    .filteredOn(line -> line.contains("sipcodes is attached"))
                    .hasSize(1);
        }
    }

    private static HttpResponse<String> get(String port, String what) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/actuator/sipcodes/" + what))
                .header("Accept-Language", "de")
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
