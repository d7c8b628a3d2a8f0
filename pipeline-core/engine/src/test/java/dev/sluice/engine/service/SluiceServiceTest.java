package dev.sluice.engine.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.engine.graph.Lab;
import dev.sluice.engine.graph.LabMeters;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SluiceServiceTest {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(4));
    private final Lab lab = new Lab();
    private final LabMeters meters = new LabMeters();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void batchGoesFromReceiverThroughProcessorToExporter(int loops) {
        SluiceService service = SluiceService.start(
                        vertx,
                        lab.config("traces: rx | px | ex"),
                        ServiceOptions.of(meters, "1").withLoops(loops).withDrainDeadline(Duration.ofSeconds(5)))
                .await();
        assertThat(service.ready()).isTrue();
        for (Lab.Source source : lab.sources) {
            Outcome outcome = source.put(Telemetry.of(Signal.TRACES, Bytes.of(new byte[] {10, 0}), Origin.INTERNAL))
                    .await();
            assertThat(outcome).isEqualTo(Outcome.ACCEPTED);
        }
        service.stop().await();
        assertThat(lab.received("ex")).hasSize(loops);
        assertThat(service.ready()).isFalse();
    }
}
