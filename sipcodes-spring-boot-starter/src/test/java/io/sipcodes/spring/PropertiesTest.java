package io.sipcodes.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sipcodes.SipCatalog;
import io.sipcodes.SipCode;
import io.sipcodes.SipEntry;
import io.sipcodes.SipOutcome;
import io.sipcodes.micrometer.SipMeters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.context.support.PropertySourcesPlaceholderConfigurer;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class PropertiesTest {

    @TempDir
    private static Path folder;

    private final ApplicationContextRunner application =
            Application.runner().withBean(MeterRegistry.class, SimpleMeterRegistry::new);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sipcodes.language                      | klingon     | en, de, with a region or without
            sipcodes.language                      | !           | en, de, with a region or without
            sipcodes.failures.capacity             | -1          | 0 to 10000
            sipcodes.failures.capacity             | 10001       | 0 to 10000
            sipcodes.log.limit                     | 0           | at least 1
            sipcodes.jainsip.max-calls             | 0           | at least 1
            sipcodes.jainsip.max-transactions      | -5          | at least 1
            sipcodes.log.window                    | 0s          | a positive time
            sipcodes.metrics.exclude               | sip.nothing | sip.responses
            sipcodes.metrics.peers.carrier         | 300.0.0.0/8 | a host name, an IP address, or a network
            sipcodes.metrics.delay-buckets         | 2s,1s       | above
            sipcodes.metrics.duration-buckets      | 2s,1s       | above
            sipcodes.overrides.mine.code           | 99          | 100 to 699, or 1xx to 6xx
            sipcodes.overrides.mine.code           | 7xx         | 100 to 699, or 1xx to 6xx
            sipcodes.overrides.mine.phrase         | *           | 1 to 128 characters, not only *
            sipcodes.overrides.mine.outcome        | busy        | code or phrase
            sipcodes.override-files                | nowhere.txt | a file that can be read
            """)
    void shouldSayWhichPropertyIsWrongAndWhatIsAllowed(String property, String value, String allowed) {
        application.withPropertyValues(property + "=" + value).run(context -> {
            assertThat(context).hasFailed();
            FailureAnalysis analysis = new PropertyFailureAnalyzer().analyze(context.getStartupFailure());
            assertThat(analysis).isNotNull();
            assertThat(analysis.getDescription()).contains(property.replaceAll("(peers|mine)\\..*", "$1"), allowed);
            assertThat(analysis.getAction()).contains("sipcodes.");
        });
    }

    @Test
    void shouldNameTheLineOfAFileThatIsWrong() throws IOException {
        Path file = Files.writeString(folder.resolve("wrong.txt"), "[mine]\ncode = 486\ncolour = red\n");

        application
                .withPropertyValues("sipcodes.override-files=" + file.toUri())
                .run(context -> assertThat(new PropertyFailureAnalyzer()
                                .analyze(context.getStartupFailure())
                                .getDescription())
                        .contains("sipcodes.override-files", "wrong.txt:3: colour"));
    }

    @Test
    void shouldTakeOverridesFromPropertiesBeforeThoseInFiles() throws IOException {
        Path file = Files.writeString(
                folder.resolve("right.txt"),
                "[file-486]\ncode = 486\noutcome = overload\n[file-480]\ncode = 480\noutcome = overload\n");

        application
                .withPropertyValues(
                        "sipcodes.override-files=" + file.toUri(),
                        "sipcodes.overrides.own.code=486",
                        "sipcodes.overrides.own.outcome=no-answer",
                        "sipcodes.overrides.own.text.en.title=Nobody there",
                        "sipcodes.overrides.own.text.de.title=Niemand da",
                        "sipcodes.overrides.own.text.de.remedies[0]=Warten")
                .run(context -> {
                    SipCatalog catalog = context.getBean(SipCatalog.class);
                    SipEntry busy = catalog.entry(SipCode.BUSY_HERE_486);
                    assertThat(busy.outcome()).isEqualTo(SipOutcome.NO_ANSWER);
                    assertThat(busy.text(Locale.ENGLISH).title()).isEqualTo("Nobody there");
                    assertThat(busy.text(Locale.GERMAN).title()).isEqualTo("Niemand da");
                    assertThat(busy.text(Locale.GERMAN).remedies()).containsExactly("Warten");
                    assertThat(catalog.entry(SipCode.TEMPORARILY_UNAVAILABLE_480)
                                    .outcome())
                            .isEqualTo(SipOutcome.OVERLOAD);
                });
    }

    @Test
    void shouldTellPeersApartAndLeaveMetersOutAndSetBuckets() {
        application
                .withPropertyValues(
                        "sipcodes.metrics.peers.carrier=203.0.113.0/24,sbc.example.org",
                        "sipcodes.metrics.exclude=sip.causes",
                        "sipcodes.metrics.delay-buckets=1s,2s")
                .run(context -> {
                    MeterRegistry registry = context.getBean(MeterRegistry.class);
                    // Soon after the start, which does not wait for it.
                    await().untilAsserted(() -> assertThat(
                                    registry.find("sip.responses").counters())
                            .extracting(counter -> counter.getId().getTag("peer"))
                            .contains("carrier", "other")
                            .hasSizeGreaterThan(2));
                    assertThat(registry.find("sip.causes").meters()).isEmpty();
                    assertThat(registry.get("sip.session.request.delay")
                                    .timer()
                                    .takeSnapshot()
                                    .histogramCounts())
                            .hasSize(2);
                });
    }

    @Test
    void shouldRegisterNoZerosIfToldSo() {
        application.withPropertyValues("sipcodes.metrics.zeros=false").run(context -> {
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            await().until(() -> registry.find("sip.calls.active").gauge() != null);
            assertThat(registry.find("sip.responses").counters()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sipcodes.language           | true
            sipcodes.jainsip.max-calls  | true
            SIPCODES_LOG_LIMIT          | true
            SIPCODES_JAINSIP_OWNLOGGERS | true
            sipcodes                    | false
            sipcodesmore.language       | false
            other.sipcodes.language     | false
            SIP_CODES_LANGUAGE          | false
            """)
    void shouldKnowWhetherAnythingIsSet(String name, boolean set) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(name, "1")));

        assertThat(areSet(environment)).isEqualTo(set);
    }

    private static boolean areSet(ConfigurableEnvironment environment) {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.setEnvironment(environment);
            context.refresh();
            return SipCodesAutoConfiguration.isAnySet(context);
        }
    }

    @Test
    void shouldTakeForSetWhatASourceMayHaveThatDoesNotTellItsNames() {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new PropertySource<>("vault", new Object()) {
            @Override
            public Object getProperty(String name) {
                return null;
            }
        });

        assertThat(areSet(environment)).isTrue();
    }

    // Where the tests run something may be set too, as SIPCODES_PEERS.
    private static void forgetMachine(ConfigurableApplicationContext context) {
        context.getEnvironment()
                .getPropertySources()
                .remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    }

    @ParameterizedTest
    @CsvSource({"sipcodes.language, true", "other.language, false"})
    void shouldKnowWhatIsSetInAFileThatAConfigurerOfPlaceholdersHas(String name, boolean set) {
        Properties file = new Properties();
        file.setProperty(name, "de");
        application
                .withInitializer(PropertiesTest::forgetMachine)
                .withBean(PropertySourcesPlaceholderConfigurer.class, () -> {
                    PropertySourcesPlaceholderConfigurer configurer = new PropertySourcesPlaceholderConfigurer();
                    configurer.setProperties(file);
                    return configurer;
                })
                .run(context -> {
                    assertThat(SipCodesAutoConfiguration.isAnySet(context)).isEqualTo(set);
                    assertThat(context.getBean(Languages.class).standard().getLanguage())
                            .isEqualTo(set ? "de" : "en");
                });
    }

    /** What is meant by one provider's responses is told wherever a code is explained. */
    @Test
    void shouldExplainCodesAsTheProviderMeansThem() {
        application
                .withPropertyValues(
                        "sipcodes.provider=acme",
                        "sipcodes.overrides.acme-busy.provider=ACME",
                        "sipcodes.overrides.acme-busy.code=486",
                        "sipcodes.overrides.acme-busy.outcome=overload",
                        "sipcodes.overrides.acme-busy.text.en.title=Trunk full",
                        "sipcodes.overrides.acme-busy.text.en.caller=Our lines are busy.",
                        "management.endpoints.web.exposure.include=*")
                .run(context -> {
                    assertThat(context.getMessage("sip.486.title", null, Locale.ENGLISH))
                            .isEqualTo("Trunk full");
                    assertThat(context.getBean(SipProblems.class)
                                    .of(SipCode.BUSY_HERE_486, Locale.ENGLISH)
                                    .getDetail())
                            .isEqualTo("Our lines are busy.");
                    SipCodesEndpoint endpoint = context.getBean(SipCodesEndpoint.class);
                    assertThat(endpoint.one("486", "en"))
                            .containsEntry("override", "acme-busy")
                            .containsEntry("outcome", "overload");
                    assertThat(endpoint.list("486", "en").toString()).contains("Trunk full");
                });
    }

    @ParameterizedTest
    @CsvSource({"sipcodes.log.limit, true", "unsipcodes.log.limit, false"})
    void shouldBeReadBeforeTheStartEndsWhereOneIsSet(String property, boolean read) {
        AtomicBoolean there = new AtomicBoolean();
        application
                .withInitializer(PropertiesTest::forgetMachine)
                .withInitializer(context -> context.addApplicationListener(event -> {
                    if (event instanceof ContextRefreshedEvent) {
                        there.set(context.getBeanFactory().containsSingleton("sipCodesProperties"));
                    }
                }))
                .withPropertyValues(property + "=7")
                .run(context -> {
                    assertThat(there.get()).isEqualTo(read);
                    assertThat(context.getBean(SipCodesProperties.class)
                                    .getLog()
                                    .getLimit())
                            .isEqualTo(read ? 7 : 20);
                });
    }

    @Test
    void shouldHintAtTheMetersThatThereAre() throws IOException {
        String metadata = new String(getClass()
                .getResourceAsStream("/META-INF/additional-spring-configuration-metadata.json")
                .readAllBytes());

        assertThat(Arrays.stream(SipMeters.values()).map(SipMeters::getName))
                .allSatisfy(name -> assertThat(metadata).contains("{\"value\": \"" + name + "\"}"));
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, true, true, on",
        "true, true, true, false, off for numbers",
        "false, false, false, false, 'off for credentials, keys, bodies, numbers'"
    })
    void shouldSayWhatIsNotRedacted(boolean credentials, boolean keys, boolean bodies, boolean numbers, String words) {
        SipCodesProperties.Redact redact = new SipCodesProperties.Redact();
        redact.setCredentials(credentials);
        redact.setKeys(keys);
        redact.setBodies(bodies);
        redact.setNumbers(numbers);

        assertThat(redact.inWords()).isEqualTo(words);
    }
}
