package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopTest {
    private final Loop loop = new Loop("otlp/edge");

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void allWorkRunsOnOneLoopAndAnotherLoopIsAnotherOne() {
        Thread first = loop.get(Thread::currentThread);

        assertThat(loop.<Thread>call(() -> Future.succeededFuture(Thread.currentThread())))
                .isSameAs(first);
        assertThat((boolean) loop.get(Context::isOnEventLoopThread)).isTrue();
        assertThat(loop.another().get(Thread::currentThread)).isNotSameAs(first);
        assertThat(loop.another().vertx()).isSameAs(loop.vertx());
        assertThat(loop.another().surroundings().id())
                .isEqualTo(loop.surroundings().id());
    }

    @Test
    void timersRunOnTheLoop() {
        List<Thread> ran = new ArrayList<>();
        loop.surroundings().after(Duration.ofSeconds(1), () -> ran.add(Thread.currentThread()));

        loop.advance(Duration.ofSeconds(1));

        assertThat(ran).containsExactly(loop.get(Thread::currentThread));
    }

    @Test
    void whatWorkThrowsAndWhatItsFutureFailsWithReachTheTest() {
        assertThatThrownBy(() -> loop.call(() -> {
                    throw new IllegalStateException("thrown");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("thrown");
        assertThatThrownBy(() -> loop.call(() -> Future.failedFuture(new IllegalStateException("failed"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("failed");
    }
}
