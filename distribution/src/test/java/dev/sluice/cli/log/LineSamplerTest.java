package dev.sluice.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.sluice.engine.telemetry.LogsConfig.Sampling;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineSamplerTest {
    private final LoggerContext context = new LoggerContext();

    @Test
    void theFirstPassThenOneInSoManyUntilTheTickIsOver() {
        LineSampler sampler = new LineSampler(new Sampling(true, Duration.ofSeconds(1), 2, 3));
        List<Integer> passed = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            if (sampler.passes(event("again", Level.INFO, 10_000 + i))) {
                passed.add(i);
            }
        }
        assertThat(passed).containsExactly(1, 2, 5, 8);
        assertThat(sampler.passes(event("other", Level.INFO, 10_010))).isTrue();
        assertThat(sampler.passes(event("again", Level.WARN, 10_010))).isTrue();
        assertThat(sampler.passes(event("again", Level.INFO, 11_001))).isTrue();
    }

    @Test
    void nothingPassesBehindTheFirstWithThereafterZero() {
        LineSampler sampler = new LineSampler(new Sampling(true, Duration.ofSeconds(1), 1, 0));
        assertThat(sampler.passes(event("again", Level.INFO, 1))).isTrue();
        assertThat(sampler.passes(event("again", Level.INFO, 2))).isFalse();
    }

    @Test
    void aClockThatIsSetBackBeginsATick() {
        LineSampler sampler = new LineSampler(new Sampling(true, Duration.ofSeconds(1), 1, 0));
        assertThat(sampler.passes(event("again", Level.INFO, 100_000))).isTrue();
        assertThat(sampler.passes(event("again", Level.INFO, 50_000))).isTrue();
        assertThat(sampler.passes(event("again", Level.INFO, 50_001))).isFalse();
    }

    @Test
    void switchedOffAllPasses() {
        LineSampler sampler = new LineSampler(new Sampling(false, Duration.ofSeconds(1), 0, 0));
        assertThat(sampler.passes(event("again", Level.INFO, 1))).isTrue();
    }

    private LoggingEvent event(String text, Level level, long millis) {
        LoggingEvent event = new LoggingEvent("", context.getLogger("a"), level, text, null, null);
        event.setInstant(Instant.ofEpochMilli(millis));
        return event;
    }
}
