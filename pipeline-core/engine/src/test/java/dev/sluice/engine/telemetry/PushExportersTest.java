package dev.sluice.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.telemetry.PushExporter.Otlp;
import dev.sluice.engine.telemetry.PushExporter.Protocol;
import dev.sluice.engine.telemetry.PushExporter.Temporality;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.RecordingConsumer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PushExportersTest {
    @Test
    void endpointsGetSchemeAndPathWhereTheyLackThem() {
        assertThat(List.of(
                        url("", false),
                        url("host:1", false),
                        url("host:1", true),
                        url("https://host/", true),
                        url("http://host/x/y", false)))
                .containsExactly(
                        "http://localhost:4318/v1/logs",
                        "https://host:1/v1/logs",
                        "http://host:1/v1/logs",
                        "https://host/v1/logs",
                        "http://host/x/y");
    }

    @Test
    void aMissingCertificateIsNamed() {
        Otlp otlp = Configs.with(Otlp.DEFAULT, "certificate", "/no/such.pem");
        assertThatThrownBy(() -> new PushExporters(_ -> new RecordingConsumer(), new RecordingConsumer())
                        .spans(new PushExporter(otlp, null), Duration.ofSeconds(1)))
                .hasMessage("service::telemetry: /no/such.pem cannot be read");
    }

    @Test
    void theBlockForOurOwnExporterSaysTheSame() {
        assertThat(OtlpGrpcBlock.of(Blocks.otlp(Protocol.GRPC, "host:1", Temporality.CUMULATIVE)))
                .containsEntry("endpoint", "host:1")
                .containsEntry("tls", Map.of("insecure", true))
                .containsEntry("headers", Map.of("x-own", "secret", "x-listed", "1"))
                .containsEntry("compression", "gzip")
                .containsEntry("timeout", "10000ms")
                .containsEntry("sending_queue", Map.of("enabled", false));
        assertThat(OtlpGrpcBlock.of(Configs.with(
                        Otlp.DEFAULT, "certificate", "ca", "client_certificate", "cert", "client_key", "key")))
                .containsEntry("endpoint", "localhost:4317")
                .containsEntry(
                        "tls", Map.of("insecure", true, "ca_file", "ca", "cert_file", "cert", "key_file", "key"));
    }

    private static String url(String endpoint, boolean insecure) {
        return PushExporters.url(Configs.with(Otlp.DEFAULT, "endpoint", endpoint, "insecure", insecure), "/v1/logs");
    }
}
