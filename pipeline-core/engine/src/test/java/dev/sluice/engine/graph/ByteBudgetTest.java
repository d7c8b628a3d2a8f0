package dev.sluice.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Admission;
import dev.sluice.api.Admission.Level;
import dev.sluice.api.config.MemoryLimit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {
    private static final long MIB = 1 << 20;

    @Test
    void withoutALimiterMostOfTheHeapMayHoldPayload() {
        ByteBudget budget = new ByteBudget(1000 * MIB);
        assertThat(budget.tryAcquire(480 * MIB)).isTrue();
        assertThat(budget.tryAcquire(1)).isFalse();
        assertThat(budget.level()).isEqualTo(Level.NORMAL);
        budget.charge(1);
        assertThat(budget.level()).isEqualTo(Level.SOFT);
        budget.charge(120 * MIB);
        assertThat(budget.level()).isEqualTo(Level.HARD);
        budget.release(600 * MIB + 1);
        assertThat(budget.used()).isZero();
        assertThat(budget.level()).isEqualTo(Level.NORMAL);
    }

    @Test
    void limiterSetsItsOwnLimitsOnTheSameBytes() {
        ByteBudget budget = new ByteBudget(1000 * MIB);
        Admission limited = budget.limited(limit(80, 100));
        budget.charge(80);
        assertThat(limited.tryAcquire(1)).isFalse();
        assertThat(budget.tryAcquire(1)).isTrue();
        assertThat(limited.level()).isEqualTo(Level.SOFT);
        limited.charge(20);
        assertThat(limited.level()).isEqualTo(Level.HARD);
        limited.release(101);
        assertThat(budget.used()).isZero();
        assertThat(limited.tryAcquire(80)).isTrue();
    }

    @Test
    void limitBeyondTheHeapIsCutToLeaveTheReserve() {
        Admission limited = new ByteBudget(100 * MIB).limited(limit(1000 * MIB, 2000 * MIB));
        assertThat(limited.tryAcquire(68 * MIB)).isTrue();
        assertThat(limited.tryAcquire(1)).isFalse();
    }

    @Test
    void onATinyHeapHalfOfItMayHoldPayload() {
        Admission limited = new ByteBudget(40 * MIB).limited(limit(1000 * MIB, 2000 * MIB));
        assertThat(limited.tryAcquire(20 * MIB)).isTrue();
        assertThat(limited.tryAcquire(1)).isFalse();
    }

    @Test
    void threadsNeverTakeMoreThanThereIsAndEverythingComesBack() throws InterruptedException {
        ByteBudget budget = new ByteBudget(1_000);
        List<Thread> threads = new ArrayList<>();
        List<Long> seen = new java.util.concurrent.CopyOnWriteArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 20_000; i++) {
                    if (budget.tryAcquire(200)) {
                        seen.add(1L);
                        budget.release(200);
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(seen).isNotEmpty();
        assertThat(budget.used()).isZero();
    }

    private static MemoryLimit limit(long soft, long hard) {
        return new MemoryLimit() {
            @Override
            public long limitBytes() {
                return hard;
            }

            @Override
            public long softBytes() {
                return soft;
            }
        };
    }
}
