package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintMapTest {

    private final FingerprintMap<String> map = new FingerprintMap<>();

    /** What it does is what a map does, also where many want the same place, as they hardly ever do. */
    @ParameterizedTest
    @ValueSource(longs = {-1, 0xff, 0xfff, ~0xffL, 0x80_0000_0000_0000_3fL})
    void shouldDoAsAMapDoes(long bits) {
        Map<Long, String> model = new HashMap<>();
        Random random = new Random(bits);
        for (int i = 0; i < 200_000; i++) {
            long fingerprint = random.nextLong() & bits;
            // Now more come than go, now the other way round.
            boolean puts = random.nextInt(10) < (i / 20_000 % 2 == 0 ? 7 : 3);
            if (puts) {
                String value = "value " + i;
                map.put(fingerprint, value);
                model.put(fingerprint, value);
            } else {
                long known = model.isEmpty() || random.nextBoolean()
                        ? fingerprint
                        : model.keySet().iterator().next();
                map.remove(known, model.getOrDefault(known, "not there"));
                model.remove(known);
            }
            long asked = random.nextLong() & bits;
            assertThat(map.get(asked)).isEqualTo(model.get(asked));
            assertThat(map.size()).isEqualTo(model.size());
            assertThat(map.isEmpty()).isEqualTo(model.isEmpty());
        }
        model.forEach((fingerprint, value) -> assertThat(map.get(fingerprint)).isEqualTo(value));
    }

    @Test
    void shouldTakeOutOnlyTheValueThatIsMeant() {
        map.put(7, "one");
        map.remove(7, "another");
        map.remove(8, "one");
        assertThat(map.get(7)).isEqualTo("one");
        map.remove(7, "one");
        assertThat(map.get(7)).isNull();
        map.remove(7, "one");
        assertThat(map.size()).isZero();
    }

    @Test
    void shouldPutAValueInPlaceOfAnother() {
        map.put(0, "one");
        map.put(0, "another");
        assertThat(map.get(0)).isEqualTo("another");
        assertThat(map.size()).isOne();
    }

    @Test
    void shouldGiveMemoryBack() {
        int first = map.room();
        for (int i = 0; i < 10_000; i++) {
            map.put(i, "value");
        }
        assertThat(map.room()).isBetween(20_000, 40_000);
        for (int i = 0; i < 10_000; i++) {
            map.remove(i, "value");
        }
        assertThat(map.room()).isEqualTo(first);
    }

    /** One that comes and goes at the edge must not have all moved each time. */
    @Test
    void shouldNotGiveBackWhatIsAskedForAgainAtOnce() {
        for (int i = 0; i < 33; i++) {
            map.put(i, "value");
        }
        int room = map.room();
        map.remove(32, "value");
        assertThat(map.room()).isEqualTo(room);
    }
}
