package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitingLineTest {

    private final WaitingLine<Item> line = new WaitingLine<>();
    private final Item a = new Item("a");
    private final Item b = new Item("b");
    private final Item c = new Item("c");

    @ParameterizedTest
    @CsvSource({"9, ''", "10, a", "19, a", "20, a b", "30, a b c", "1000, a b c"})
    void shouldGiveOutWhatIsDueInItsOrder(long now, String expected) {
        addAll();

        assertThat(due(now)).isEqualTo(expected);
        assertThat(due(Long.MAX_VALUE))
                .isEqualTo("a b c".substring(expected.length()).strip());
    }

    @ParameterizedTest
    @CsvSource({"a, b c", "b, a c", "c, a b"})
    void shouldLetGoOfWhatIsTakenOutWhereverItStands(String name, String left) {
        addAll();
        Item item = List.of(a, b, c).stream()
                .filter(i -> i.name.equals(name))
                .findFirst()
                .orElseThrow();

        assertThat(line.remove(item)).isTrue();
        assertThat(line.remove(item)).isFalse();
        assertThat(due(Long.MAX_VALUE)).isEqualTo(left);
    }

    @Test
    void shouldMoveToTheEndWhatIsPutInAgain() {
        addAll();
        line.add(a, 40);

        assertThat(due(30)).isEqualTo("b c");
        assertThat(due(40)).isEqualTo("a");
        assertThat(a.until()).isEqualTo(40);
    }

    @Test
    void shouldTakeFromTheOtherLineWhatIsPutIntoThisOne() {
        WaitingLine<Item> other = new WaitingLine<>();
        addAll();
        other.add(b, 5);

        assertThat(due(Long.MAX_VALUE)).isEqualTo("a c");
        assertThat(line.remove(b)).isFalse();
        assertThat(other.first()).isSameAs(b);
        assertThat(other.due(5)).isSameAs(b);
        assertThat(other.first()).isNull();
    }

    private void addAll() {
        line.add(a, 10);
        line.add(b, 20);
        line.add(c, 30);
    }

    private String due(long now) {
        List<String> names = new ArrayList<>();
        for (Item item = line.due(now); item != null; item = line.due(now)) {
            names.add(item.name);
        }
        return String.join(" ", names);
    }

    private static final class Item extends WaitingLine.Place {
        private final String name;

        Item(String name) {
            this.name = name;
        }
    }
}
