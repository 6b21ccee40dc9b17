package io.sipcodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** Tables that are filled when they are first asked, by many at once: all get what one alone would. */
@Timeout(60)
class ManyThreadsTest {

    private static final int THREADS = 8;

    private static final List<Locale> LOCALES =
            List.of(Locale.ENGLISH, Locale.GERMAN, Locale.forLanguageTag("de-AT"), Locale.JAPANESE, Locale.ROOT);

    private static final List<SipOverride> OVERRIDES = SipOverride.parse("""
            [ours]
            code = 486
            outcome = declined
            [theirs]
            provider = trunk
            code = 5xx
            phrase = *full*
            fault = network
            de.title = Voll
            """, "x.conf");

    /** Asks all questions in an order of its own, on each thread, all starting at once. */
    private static <Q> void ask(List<Q> questions, Function<Q, String> shared, Function<Q, String> alone)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        try {
            List<Callable<List<Q>>> tasks = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                List<Q> order = new ArrayList<>(questions);
                Collections.shuffle(order, new Random(t));
                tasks.add(() -> {
                    start.await();
                    List<Q> wrong = new ArrayList<>();
                    for (Q question : order) {
                        if (!shared.apply(question).equals(alone.apply(question))) {
                            wrong.add(question);
                        }
                    }
                    return wrong;
                });
            }
            for (Future<List<Q>> task : threads.invokeAll(tasks)) {
                assertThat(task.get()).isEmpty();
            }
        } finally {
            threads.shutdown();
        }
    }

    private record Words(SipCode code, Locale locale) {}

    @RepeatedTest(5)
    void shouldReadALanguageForManyAtOnce() throws Exception {
        Texts shared = new Texts(ManyThreadsTest.class.getClassLoader());
        List<Words> questions = new ArrayList<>();
        for (SipCode code : SipCode.known()) {
            LOCALES.forEach(locale -> questions.add(new Words(code, locale)));
        }
        SipCatalog standard = SipCatalog.standard();
        questions.forEach(each -> standard.entry(each.code()).text(each.locale()));
        ask(
                questions,
                each -> shared.text(each.code(), each.locale()).toString(),
                each -> standard.entry(each.code()).text(each.locale()).toString());
    }

    @RepeatedTest(5)
    void shouldMakeEachEntryOnceForManyAtOnce() throws Exception {
        SipCatalog shared = SipCatalog.standard().with(OVERRIDES);
        Map<Integer, SipEntry> first = new ConcurrentHashMap<>();
        List<Integer> questions =
                IntStream.rangeClosed(SipCode.MIN, SipCode.MAX).boxed().toList();
        SipCatalog alone = SipCatalog.standard().with(OVERRIDES);
        ask(
                questions,
                code -> {
                    SipEntry entry = shared.entry(SipCode.of(code));
                    SipEntry other = first.putIfAbsent(code, entry);
                    return (other == null || other == entry) + facts(entry);
                },
                code -> true + facts(alone.entry(SipCode.of(code))));
    }

    private static String facts(SipEntry entry) {
        return entry + " " + entry.code().text() + " " + entry.outcome() + entry.fault() + entry.advice()
                + entry.effect() + entry.reference() + entry.aliases() + entry.headers();
    }

    private record Response(int code, String phrase, String provider) {}

    private static String diagnosis(SipCatalog catalog, Response response) {
        SipDiagnosis diagnosis = SipDiagnosis.about(response.code())
                .phrase(response.phrase())
                .provider(response.provider())
                .catalog(catalog)
                .build();
        return diagnosis + " " + diagnosis.evidence() + " " + diagnosis.operatorText(Locale.GERMAN);
    }

    @RepeatedTest(5)
    void shouldDiagnoseForManyAtOnce() throws Exception {
        List<Response> questions = new ArrayList<>();
        for (int code = SipCode.MIN; code <= SipCode.MAX; code++) {
            for (String phrase : List.of("", SipCode.of(code).phrase(), "All circuits full", "no route")) {
                questions.add(new Response(code, phrase, code % 2 == 0 ? "trunk" : ""));
            }
        }
        SipCatalog shared = SipCatalog.standard().with(OVERRIDES);
        SipCatalog filled = SipCatalog.standard().with(OVERRIDES);
        questions.forEach(each -> diagnosis(filled, each));
        ask(questions, each -> diagnosis(shared, each), each -> diagnosis(filled, each));
    }
}
