package io.sipcodes.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a real browser (Debian: chromium). It leaves pictures in {@code target/pictures}. */
class PageTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Path PICTURES = Path.of("target", "pictures");
    private static final int ENTER = 13;
    private static final int TAB = 9;
    private static final int SLASH = 191;

    private static RunningDemo demo;
    private static Chromium browser;

    @BeforeAll
    static void start() throws Exception {
        Path program = Peers.require("chromium", "chromium", "chromium-browser", "google-chrome");
        demo = new RunningDemo("--demo.caller.interval=200ms", "--demo.sip.ring-out=3s");
        browser = new Chromium(program, Files.createTempDirectory("chromium"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (demo != null) {
            demo.close();
        }
    }

    @BeforeEach
    void openPage() throws Exception {
        browser.complaints().clear();
        browser.size(1_300, 900);
        browser.scheme("light");
        open("/");
    }

    @AfterEach
    void shouldHaveGivenTheBrowserNoReasonToComplain() {
        assertThat(browser.complaints()).isEmpty();
    }

    private static void open(String path) throws Exception {
        browser.open("about:blank");
        browser.open(demo.url(path));
        click("[data-lang=en]");
        until(() -> browser.text("#live").equals("live")
                && !browser.text("#entries").isEmpty());
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(LONG).until(condition);
    }

    private static void click(String selector) throws Exception {
        browser.ask("document.querySelector('" + selector + "').click()");
    }

    /** Opens the first failure with this text in its head, and remembers it as {@code card}. */
    private static void openCard(String text) throws Exception {
        until(() -> browser.ask("(window.card = [...document.querySelectorAll('#failure-list details')]"
                        + ".find(it => it.textContent.includes('" + text + "'))) !== undefined")
                .asBoolean());
        browser.ask("card.querySelector('summary').click()");
    }

    @Test
    void shouldShowCallsAndRatiosAsTheyHappen() throws Exception {
        until(() -> browser.text("#ser").matches("\\d[\\d.]*%")
                && !browser.text("#outcomes").isEmpty());

        long now = Long.parseLong(browser.text("#attempts").replace(",", ""));
        until(() -> Long.parseLong(browser.text("#attempts").replace(",", "")) > now);
    }

    @Test
    void shouldExplainARatioToMouseAndKeyboard() throws Exception {
        String shown = "getComputedStyle(document.getElementById('tip-seer')).display";
        assertThat(browser.ask(shown).asString()).isEqualTo("none");

        browser.ask("document.querySelector('[aria-describedby=tip-seer]').focus()");

        assertThat(browser.ask(shown).asString()).isEqualTo("block");
        assertThat(browser.text("#tip-seer")).contains("RFC 6076");
    }

    @Test
    void shouldPlaceACallByKeyboard() throws Exception {
        browser.ask("document.querySelector('#kinds [data-key=busy]').focus()");
        browser.press("Enter", ENTER);

        until(() -> browser.text("#placed li .result").equals("486 Busy Here: Line busy"));
    }

    @Test
    void shouldDialAnyCode() throws Exception {
        browser.ask("document.querySelector('#code').focus()");
        browser.type("480");
        browser.press("Tab", TAB);
        browser.type("21");
        browser.press("Enter", ENTER);

        until(() -> browser.text("#placed li .label").equals("480, Q.850 21")
                && browser.text("#placed li .result").startsWith("480 Temporarily Unavailable"));
    }

    @Test
    void shouldOpenAFailureToWhatDecidedAndItsLadder() throws Exception {
        click("#kinds [data-key=media]");
        openCard("488");

        until(() -> browser.ask("card.querySelectorAll('.ladder li').length").asInt() >= 3);
        String text = browser.ask("card.textContent").asString();
        assertThat(text).contains("INVITE sip:media@", "488 Not Acceptable Here", "Warning: 304", "What decided");
        assertThat(browser.ask("card.querySelectorAll('.evidence .decisive').length")
                        .asInt())
                .isPositive();
    }

    @Test
    void shouldKeepACardThatIsReadWhateverComesAfter() throws Exception {
        until(() -> browser.ask("document.querySelectorAll('#failure-list details').length")
                        .asInt()
                > 0);
        browser.ask("document.querySelector('#failure-list details').open = true");
        String id = browser.ask("document.querySelector('#failure-list details[open]').dataset.id")
                .asString();
        for (int i = 0; i < 15; i++) {
            click("#kinds [data-key=busy]");
        }

        until(() -> browser.ask("document.querySelectorAll('#failure-list details')[12]?.dataset.id - " + id)
                        .asInt()
                > 0);
        assertThat(browser.ask("document.querySelector('#failure-list details[open]').dataset.id")
                        .asString())
                .isEqualTo(id);
    }

    @Test
    void shouldSpeakGerman() throws Exception {
        click("[data-lang=de]");

        until(() -> browser.text("#ser").endsWith("%") && browser.text("#ser").contains("\u00a0"));
        assertThat(browser.ask("document.documentElement.lang").asString()).isEqualTo("de");
        assertThat(browser.text("#failures h2")).isEqualTo("Letzte Fehlschläge");
        until(() -> browser.text("#top-codes").contains("Anschluss besetzt"));
        assertThat(browser.text("body")).doesNotContain("undefined", "Line busy");
        click("[data-lang=en]");
        assertThat(browser.text("#failures h2")).isEqualTo("Last failures");
        assertThat(browser.text("body")).doesNotContain("undefined");
    }

    @Test
    void shouldFindACodeAsOneTypes() throws Exception {
        // What is typed, and the code that then comes first.
        String table = """
                486          | 486
                busy here    | 486
                besetzt      | 486
                uberlastet   | 503
                ueberlastet  | 503
                Überlastet   | 503
                5xx          | 500
                499          | 499
                call leg     | 481
                xyzzy        |
                """;
        for (String row : table.lines().toList()) {
            String[] cells = row.split("\\|", -1);
            browser.ask("document.activeElement.blur()");
            browser.press("/", SLASH);
            browser.ask("document.activeElement.select()");
            browser.type(cells[0].trim());

            until(() -> browser.text("#entries li .code").equals(cells[1].trim()));
        }
    }

    @Test
    void shouldOpenTheCodeThatAnAddressNames() throws Exception {
        open("/#code-486");

        until(() -> browser.text("#entries details[open] .lead").startsWith("The called device was reached"));
        click("[data-lang=de]");
        until(() -> browser.text("#entries details[open] .lead").startsWith("Das angerufene Gerät"));
    }

    @Test
    void shouldShowWhatStrangersSendAsText() throws Exception {
        String markup = "<img/src=x/onerror=document.title='gone'>";
        try (RawPhone stranger = new RawPhone(demo.sipPort()).withCallId(markup + "@x")) {
            stranger.request("INVITE", "nobody-%3Cb%3E", "Reason: SIP;cause=600;text=\"" + markup + "\"");
        }
        openCard("nobody-");

        until(() -> browser.ask("card.textContent").asString().contains("Call-ID " + markup));
        assertThat(browser.ask("document.title").asString()).isEqualTo("sipcodes");
        assertThat(browser.ask("document.querySelectorAll('img').length").asInt())
                .isEqualTo(1);
    }

    /** Readable everywhere: nothing wider than the screen, and every text stands out from what is behind it. */
    @ParameterizedTest
    @CsvSource({
        "1300, light, en",
        "1300, dark,  de",
        "390,  light, de",
        "390,  dark,  en",
        "320,  light, de",
        "768,  dark,  de"
    })
    void shouldBeReadable(int width, String scheme, String language) throws Exception {
        browser.size(width, 850);
        browser.scheme(scheme);
        click("[data-lang=" + language + "]");
        click("#kinds [data-key=wrong-password]");
        openCard("403");
        browser.ask("document.querySelector('#entries details').open = true");
        until(() -> browser.ask("card.querySelectorAll('.ladder li').length").asInt() > 0);

        browser.picture(PICTURES.resolve("board-" + width + "-" + scheme + "-" + language + ".png"));
        assertThat(browser.ask("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(width);
        assertThat(browser.ask(FAINT).toString()).isEqualTo("[]");
    }

    /** Texts whose contrast is below that of WCAG 2.1 level AA: 4.5, or 3 where they are large. */
    private static final String FAINT = """
            (() => {
              const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
              const rgba = (color) => {
                canvas.clearRect(0, 0, 1, 1);
                canvas.fillStyle = color;
                canvas.fillRect(0, 0, 1, 1);
                const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
                return [r, g, b, a / 255];
              };
              const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
              const light = (color) => {
                const [r, g, b] = color.map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              const behind = (it) => (it
                ? over(rgba(getComputedStyle(it).backgroundColor), behind(it.parentElement))
                : [255, 255, 255, 1]);
              return [...document.querySelectorAll('body *')]
                .filter((it) => [...it.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
                .filter((it) => it.checkVisibility() && !it.disabled && !it.closest('svg'))
                .map((it) => {
                  const style = getComputedStyle(it);
                  const ground = behind(it);
                  const pair = [light(over(rgba(style.color), ground)), light(ground)].sort((a, b) => b - a);
                  const large = parseFloat(style.fontSize) >= 24;
                  const contrast = (pair[0] + 0.05) / (pair[1] + 0.05);
                  return contrast < (large ? 3 : 4.5) ? `${it.tagName}.${it.className} ${contrast.toFixed(2)} ${it.textContent.slice(0, 30)}` : null;
                })
                .filter(Boolean);
            })()
            """;
}
