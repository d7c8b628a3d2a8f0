package dev.sluice.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapPacerTest {
    private static final long MIB = 1 << 20;

    private long used = 10 * MIB;
    private long alive = 10 * MIB;
    private int collections;
    private long now = Long.MAX_VALUE;
    private long pause;

    private final HeapPacer pacer = new HeapPacer(
            () -> used,
            () -> {
                collections++;
                used = alive;
                now += pause;
            },
            () -> now);

    @Test
    void smallHeapMayGrowByMoreThanAThird() {
        used = 26 * MIB;
        pacer.look();
        assertThat(collections).isZero();

        used++;
        pacer.look();
        assertThat(collections).isOne();
    }

    @Test
    void largeHeapMayGrowByAThird() {
        alive = 600 * MIB;
        used = 700 * MIB;
        pacer.look();
        assertThat(collections).isOne();

        used = 800 * MIB;
        pacer.look();
        assertThat(collections).isOne();

        used++;
        pacer.look();
        assertThat(collections).isEqualTo(2);
    }

    @Test
    void whatWasGivenBackLowersTheLimit() {
        alive = 500 * MIB;
        used = 600 * MIB;
        pacer.look();
        alive = 10 * MIB;
        used = 751 * MIB;
        pacer.look();
        assertThat(collections).isEqualTo(2);

        used = 26 * MIB + 1;
        pacer.look();
        assertThat(collections).isEqualTo(3);
    }

    @Test
    void collectionsTakeATenthOfTheTimeAtMost() {
        pause = 100;
        used = 30 * MIB;
        pacer.look();
        assertThat(collections).isOne();

        used = 500 * MIB;
        now += 899;
        pacer.look();
        assertThat(collections).isOne();

        now++;
        pacer.look();
        assertThat(collections).isEqualTo(2);
    }

    @Test
    void looksMoreOftenWhileTheHeapGrows() {
        assertThat(looksUntilCalm()).isEqualTo(39);

        used++;
        assertThat(looksUntilCalm()).as("after it has grown").isEqualTo(40);

        used = 27 * MIB;
        assertThat(looksUntilCalm()).as("after a collection").isEqualTo(40);
        assertThat(looksUntilCalm()).as("at rest").isZero();
    }

    private int looksUntilCalm() {
        int looks = 0;
        while (pacer.look().equals(HeapPacer.GROWING)) {
            looks++;
        }
        return looks;
    }
}
