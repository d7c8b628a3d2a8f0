package dev.sluice.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Outcome;
import dev.sluice.api.TelemetryConsumer;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WireSinkTest {
    @Test
    void aRefusalOrABugOfTheOwnExporterIsAFailedExport() {
        List<Future<Outcome>> answers = List.of(
                Future.succeededFuture(Outcome.permanent(Outcome.Reason.INVALID, "no")), Future.failedFuture("bug"));
        for (Future<Outcome> answer : answers) {
            TelemetryConsumer consumer = _ -> answer;
            assertThat(new WireSink(consumer)
                            .spans()
                            .export(List.of())
                            .join(1, TimeUnit.SECONDS)
                            .isSuccess())
                    .isFalse();
        }
    }
}
