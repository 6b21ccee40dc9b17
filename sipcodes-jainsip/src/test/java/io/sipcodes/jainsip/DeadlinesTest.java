package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeadlinesTest {

    private static final class Item extends Deadlines.Waiting {}

    private final Deadlines<Item> deadlines = new Deadlines<>();
    private final Item one = new Item();
    private final Item two = new Item();
    private final Item three = new Item();

    @Test
    void shouldGiveWhatIsDueInTheOrderInWhichItCame() {
        deadlines.add(one, 10);
        deadlines.add(two, 20);
        deadlines.add(three, 30);
        assertThat(deadlines.size()).isEqualTo(3);
        assertThat(deadlines.poll(9)).isNull();
        assertThat(deadlines.poll(20)).isSameAs(one);
        assertThat(deadlines.poll(20)).isSameAs(two);
        assertThat(deadlines.poll(20)).isNull();
        assertThat(deadlines.poll()).isSameAs(three);
        assertThat(deadlines.poll()).isNull();
        assertThat(deadlines.size()).isZero();
    }

    @Test
    void shouldLetGoOfTheFirstTheLastAndOneInTheMiddle() {
        Item four = new Item();
        deadlines.add(one, 1);
        deadlines.add(two, 2);
        deadlines.add(three, 3);
        deadlines.add(four, 4);
        assertThat(three.leave()).isTrue();
        assertThat(one.leave()).isTrue();
        assertThat(four.leave()).isTrue();
        assertThat(four.leave()).isFalse();
        assertThat(deadlines.poll()).isSameAs(two);
        assertThat(deadlines.poll()).isNull();
        deadlines.add(one, 5);
        assertThat(deadlines.poll(5)).isSameAs(one);
    }

    @Test
    void shouldHoldAnItemInOnePlaceOnly() {
        Deadlines<Item> other = new Deadlines<>();
        deadlines.add(one, 1);
        other.add(one, 2);
        assertThat(deadlines.poll()).isNull();
        assertThat(one.until()).isEqualTo(2);
        assertThat(other.poll()).isSameAs(one);
    }
}
