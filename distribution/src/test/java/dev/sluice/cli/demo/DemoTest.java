package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.LogWatch;
import dev.sluice.cli.Loopback;
import dev.sluice.cli.run.OsSignal;
import dev.sluice.cli.run.ServiceProcess;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    @TempDir
    private Path folder;

    @Test
    void whatItTellsTheUserToLookAtIsThere() throws Exception {
        int http = Loopback.freePort();
        int prometheus = Loopback.freePort();
        int own = Loopback.freePort();
        int pages = Loopback.freePort();
        Map<String, String> environment = Map.of(
                "SLUICE_DEMO_SLOW_AFTER", "1",
                "SLUICE_DEMO_FOLDER", folder.resolve("made").toString(),
                "SLUICE_DEMO_OTLP_GRPC", "127.0.0.1:" + Loopback.freePort(),
                "SLUICE_DEMO_OTLP_HTTP", "127.0.0.1:" + http,
                "SLUICE_DEMO_PROMETHEUS", "127.0.0.1:" + prometheus,
                "SLUICE_DEMO_OWN_PORT", Integer.toString(own),
                "SLUICE_DEMO_HEALTH", "127.0.0.1:" + Loopback.freePort(),
                "SLUICE_DEMO_PAGES", "127.0.0.1:" + pages);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ServiceProcess process = new Demo(environment, new PrintStream(out, true, StandardCharsets.UTF_8)).process();
        try (LogWatch log = new LogWatch()) {
            CompletableFuture<Void> end = CompletableFuture.runAsync(() -> run(process));
            log.await("Everything is ready.");
            // By the second line of counts the first batches are through.
            log.await("Metrics ");
            log.await("Traces ");
            log.await("Metrics ");

            String metrics = Loopback.get(prometheus, "/metrics", "application/openmetrics-text;version=1.0.0");
            assertThat(metrics)
                    .contains("jvm_memory_used_bytes{")
                    .containsPattern("http_server_request_duration_seconds_bucket\\{[^}]*http_route=\"/api/")
                    .contains("job=\"api-gateway\"");
            assertThat(Loopback.get(own, "/metrics", "*/*")).contains("otelcol_receiver_accepted_spans");
            assertThat(Loopback.get(pages, "/debug/pipelinez", "text/html")).contains("metrics", "otlp", "jvm");
            log.await("HighLatencyQuick");
            log.await("HighLatencyAPI");
            log.await("Samplers keep everything of ");
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains("curl -s 127.0.0.1:" + prometheus + "/metrics")
                    .contains("curl -s localhost:" + own + "/metrics")
                    .contains(folder.resolve("made") + "/*.json");

            process.signal(OsSignal.TERM);
            end.get(60, TimeUnit.SECONDS);
        }
        assertThat(Files.readString(folder.resolve("made/traces.json")))
                .contains("\"stringValue\":\"api-gateway\"", "POST /api/orders");
        assertThat(folder.resolve("made/metrics.json")).isNotEmptyFile();
        assertThat(Files.exists(folder.resolve("made/logs.json"))).isTrue();
    }

    /** Another user's, or another demo's, would be in its way. */
    @Test
    void theFolderIsItsOwnWhereNoneIsGiven() throws Exception {
        Demo one = new Demo(Map.of(), System.out);
        Demo two = new Demo(Map.of(), System.out);
        one.process();
        two.process();
        assertThat(Path.of(one.folder())).isEmptyDirectory().isNotEqualTo(Path.of(two.folder()));
        Files.delete(Path.of(one.folder()));
        Files.delete(Path.of(two.folder()));
    }

    private static void run(ServiceProcess process) {
        try {
            process.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
