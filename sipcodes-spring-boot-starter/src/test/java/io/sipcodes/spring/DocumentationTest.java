package io.sipcodes.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.json.JsonParserFactory;

/** Holds the README, the guide and the pages they lead to to the code: snippets are those of passing tests, and no property is missing. */
class DocumentationTest {

    private static final Path ROOT = root();
    private static final List<String> PAGES = List.of(
            "README.md",
            "CONTRIBUTING.md",
            "docs/guide.md",
            "docs/metrics.md",
            "docs/diagnosis.md",
            "docs/security.md",
            "docs/performance.md",
            "observability/README.md",
            "samples/demo/README.md");

    private static final Pattern SNIPPET =
            Pattern.compile("(?:<!-- snippet: (\\S+)#(\\S+) -->\\n)?```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/guide.md"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> shouldShowOnlyCodeOfPassingTests() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String page : PAGES) {
            Matcher matcher = SNIPPET.matcher(read(page));
            while (matcher.find()) {
                MatchResult found = matcher.toMatchResult();
                tests.add(DynamicTest.dynamicTest(page + " " + found.group(2), () -> {
                    assertThat(found.group(1))
                            .as("the comment before the snippet that begins with: %s", found.group(3))
                            .isNotNull();
                    assertThat(found.group(3)).isEqualTo(region(found.group(1), found.group(2)));
                }));
            }
        }
        assertThat(tests).hasSizeGreaterThan(5);
        return tests.stream();
    }

    private static String region(String file, String tag) {
        List<String> lines = read(file).lines().toList();
        int begin = index(lines, "// tag::" + tag, file);
        int end = index(lines, "// end::" + tag, file);
        return String.join("\n", lines.subList(begin + 1, end)).stripIndent() + "\n";
    }

    private static int index(List<String> lines, String mark, String file) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(mark)) {
                return i;
            }
        }
        throw new AssertionError(file + " has no line " + mark);
    }

    @TestFactory
    Stream<DynamicTest> shouldLinkToWhatIsThere() {
        return PAGES.stream()
                .flatMap(page -> LINK.matcher(read(page))
                        .results()
                        .map(link -> link.group(1))
                        .distinct()
                        .map(target -> DynamicTest.dynamicTest(
                                page + " " + target,
                                () -> assertThat(ROOT.resolve(page).resolveSibling(target))
                                        .exists())));
    }

    @Test
    void shouldHaveTheRowOfEveryPropertyInTheGuide() throws IOException {
        List<String> rows = new ArrayList<>();
        try (InputStream in = getClass().getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            String metadata = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<?> properties = (List<?>)
                    JsonParserFactory.getJsonParser().parseMap(metadata).get("properties");
            for (Object property : properties) {
                Map<?, ?> entry = (Map<?, ?>) property;
                if (entry.get("name").toString().startsWith("sipcodes.")) {
                    rows.add(row(entry));
                }
            }
        }

        assertThat(rows).hasSizeGreaterThan(10);
        assertThat(read("docs/guide.md")).contains(rows);
    }

    private static String row(Map<?, ?> property) {
        Object standard = property.get("defaultValue");
        return "| `" + property.get("name") + "` | "
                + (standard == null || standard.equals("") ? "" : "`" + standard + "`") + " | "
                + property.get("description") + " |";
    }

    @Test
    void shouldKeepTheReadmeShort() {
        assertThat(read("README.md").lines()).hasSizeLessThan(150);
    }
}
