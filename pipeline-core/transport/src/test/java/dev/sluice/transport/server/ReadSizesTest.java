package dev.sluice.transport.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadSizesTest {
    private static final int FIRST = 2_048;
    private static final int MOST = 65_536;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final RecvByteBufAllocator.ExtendedHandle sizes =
            (RecvByteBufAllocator.ExtendedHandle) new ReadSizes().newHandle();

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    /** One turn in which so many bytes wait; gives the number of reads. */
    private int turn(int waiting) {
        sizes.reset(channel.config());
        int reads = 0;
        int left = waiting;
        do {
            int size = sizes.guess();
            sizes.attemptedBytesRead(size);
            int got = Math.min(size, left);
            left -= got;
            sizes.lastBytesRead(got == 0 ? -1 : got);
            sizes.incMessagesRead(1);
            reads++;
        } while (sizes.continueReading());
        sizes.readComplete();
        return reads;
    }

    @Test
    void growsWhenReadsAreFilledAndShrinksWhenTwoTurnsBringLittle() {
        assertThat(sizes.guess()).isEqualTo(FIRST);
        turn(1_500);
        turn(1_500);
        assertThat(sizes.guess()).isEqualTo(FIRST);
        turn(50_000);
        assertThat(sizes.guess()).isEqualTo(MOST);
        turn(100);
        assertThat(sizes.guess()).isEqualTo(MOST);
        turn(100);
        assertThat(sizes.guess()).isEqualTo(MOST / 2);
        for (int i = 0; i < 20; i++) {
            turn(100);
        }
        assertThat(sizes.guess()).isEqualTo(512);
    }

    @Test
    void stopsWhereOthersHaveTheirTurnWhereNothingIsLeftAndWhereNobodyReads() {
        assertThat(turn(100)).isEqualTo(1);
        assertThat(turn(0)).isEqualTo(1);
        assertThat(turn(100 * MOST)).isEqualTo(16);
        channel.config().setAutoRead(false);
        assertThat(turn(100 * MOST)).isEqualTo(1);
    }
}
