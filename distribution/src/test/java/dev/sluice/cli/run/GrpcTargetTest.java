package dev.sluice.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.Outcome;
import dev.sluice.engine.config.Factories;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.Requests;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GrpcTargetTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whatCannotBeSentIsRefusedAndTheTargetStillCloses() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        GrpcTarget target = new GrpcTarget(
                vertx,
                Factories.load(),
                Map.of(
                        "endpoint",
                        "127.0.0.1:" + closed,
                        "tls",
                        Map.of("insecure", true),
                        "retry_on_failure",
                        Map.of("enabled", false),
                        "sending_queue",
                        Map.of("enabled", false)));

        Outcome outcome = target.consume(Requests.numbered(Signal.METRICS, 7))
                .toCompletionStage()
                .toCompletableFuture()
                .join();

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Outcome.Reason.UNAVAILABLE));
        target.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aBlockThatMakesNoSenseIsRefusedAtOnce() {
        assertThatThrownBy(() -> new GrpcTarget(vertx, Factories.load(), Map.of("endpoint", "localhost:port")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("service::telemetry: ")
                .hasMessageContaining("invalid port \"port\"");
        assertThatThrownBy(() -> new GrpcTarget(vertx, new Factories(List.of()), Map.of()))
                .hasMessage("service::telemetry: protocol grpc needs the exporter otlp_grpc");
    }
}
