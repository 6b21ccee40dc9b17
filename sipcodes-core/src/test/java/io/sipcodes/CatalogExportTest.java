package io.sipcodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds {@code docs/catalog.*} to the catalog. To write them anew:
 * {@code mvn -pl sipcodes-core test -Dtest=CatalogExportTest -Dsipcodes.docs=write}.
 */
class CatalogExportTest {

    private static final Path DOCS = Path.of(System.getProperty("basedir", ".")).resolve("../docs");

    private final Map<String, String> files = CatalogExport.files();

    @ParameterizedTest
    @ValueSource(strings = {"catalog.json", "catalog.schema.json", "catalog.en.md", "catalog.de.md"})
    void shouldBeCurrent(String name) throws IOException {
        Path file = DOCS.resolve(name);
        if ("write".equals(System.getProperty("sipcodes.docs"))) {
            Files.writeString(file, files.get(name));
        }

        assertThat(Files.readString(file).equals(files.get(name)))
                .as("docs/" + name + " is as the catalog is; to write it anew: mvn -pl sipcodes-core test"
                        + " -Dtest=CatalogExportTest -Dsipcodes.docs=write")
                .isTrue();
    }

    @Test
    void shouldFollowItsSchema() {
        Object json = Json.read(files.get("catalog.json"));

        assertThat(json).isEqualTo(CatalogExport.json());
        assertThat(CatalogSchema.violations(json, CatalogSchema.schema())).isEmpty();
    }

    @Test
    void shouldNoticeWhatDoesNotFollowTheSchema() {
        Map<String, Object> json = CatalogExport.json();
        @SuppressWarnings("unchecked")
        Map<String, Object> code = ((List<Map<String, Object>>) json.get("codes")).get(0);
        code.put("code", 99);
        code.put("outcome", "nice");
        code.put("colour", "red");
        code.remove("phrase");
        json.put("languages", "en");

        assertThat(CatalogSchema.violations(Map.of(), CatalogSchema.schema())).isNotEmpty();
        assertThat(CatalogSchema.violations(
                        json.get("codes"), Map.of("type", "array", "items", Map.of("type", "string"))))
                .isNotEmpty();
        json.remove("languages");
        assertThat(CatalogSchema.violations(json, CatalogSchema.schema()).keySet())
                .contains("$", "$.codes[0]", "$.codes[0].code", "$.codes[0].outcome");
    }

    @ParameterizedTest
    @ValueSource(strings = {"catalog.en.md", "catalog.de.md"})
    void shouldHaveAnAnchorForEachCodeAndForEachLinkInIt(String name) {
        String page = files.get(name);
        Set<String> anchors = all("<a id=\"([^\"]+)\"></a>", page);

        for (SipCode code : SipCode.known()) {
            assertThat(anchors).contains(code.text());
        }
        assertThat(anchors).containsAll(all("\\]\\(#([^)]+)\\)", page));
        assertThat(all("\\]\\((https?://[^)]+)\\)", page))
                .allMatch(link -> link.startsWith("https://www.rfc-editor.org/rfc/rfc"));
    }

    private static Set<String> all(String pattern, String text) {
        Set<String> found = new HashSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
