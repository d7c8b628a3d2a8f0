package dev.sluice.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.InProcess;
import dev.sluice.cli.Loopback;
import dev.sluice.engine.config.ConfigException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProcessTest {
    private static final String QUIET = """
            receivers:
              nop:
            exporters:
              nop:
            service:
              pipelines:
                traces: {receivers: [nop], exporters: [nop]}
              telemetry:
                metrics: {readers: [{pull: {exporter: {prometheus: {host: 127.0.0.1, port: 0}}}}]}
            """;

    @TempDir
    private Path folder;

    @Test
    void runsFromReadyToDrainedInTheCollectorsWords() throws Exception {
        try (InProcess process = InProcess.start(List.of("--config", file(QUIET), "--loops=2"), Map.of())) {
            process.signal(OsSignal.INT);
            process.join();
            assertThat(process.log().lines())
                    .anyMatch(line -> line.startsWith("INFO Starting sluice... [Version="))
                    .contains("INFO Received signal from OS [signal=\"interrupt\"]")
                    .containsSubsequence("INFO Starting shutdown... ", "INFO Shutdown complete. ");
        }
    }

    @Test
    void listenersAreToldOfOnceHoweverManyLoopsShareThem() throws Exception {
        int port = Loopback.freePort();
        String config = QUIET.replace(
                        "receivers:\n  nop:",
                        "receivers:\n  otlp: {protocols: {grpc: {endpoint: \"0.0.0.0:" + port
                                + "\"}, http: {endpoint: \"127.0.0.1:0\"}}}")
                .replace("receivers: [nop]", "receivers: [otlp]");
        try (InProcess process = InProcess.start(List.of("--config", file(config), "--loops=3"), Map.of())) {
            assertThat(process.log().lines().stream()
                            .filter(line -> line.contains("Listening "))
                            .toList())
                    .containsExactly(
                            "INFO Listening for gRPC on 0.0.0.0:" + port + " ",
                            "WARN Listening on 0.0.0.0:" + port
                                    + " without TLS: whoever reaches this machine can send to it ",
                            "INFO Listening for HTTP on 127.0.0.1:0 ");
        }
    }

    @Test
    void hangupReadsTheConfigurationAnew() throws Exception {
        String config = file(QUIET);
        try (InProcess process = InProcess.start(List.of("--config", config), Map.of())) {
            Files.writeString(Path.of(config), QUIET.replace("traces:", "logs:"));
            process.signal(OsSignal.HUP);
            process.log().await("Config updated, restart service");
            process.log().await("Shutdown complete.");
            process.log().await("Everything is ready.");
        }
    }

    @Test
    void hangupWithATelemetryBlockThatChangedBeginsThatAnewToo() throws Exception {
        String config = file(QUIET);
        Path log = folder.resolve("own.log");
        try (InProcess process = InProcess.start(List.of("--config", config), Map.of())) {
            Files.writeString(
                    Path.of(config),
                    QUIET + "    logs: {encoding: json, output_paths: [\"" + log + "\"], initial_fields: {zone: a}}\n");
            process.signal(OsSignal.HUP);
            process.log().await("Starting sluice...");
            process.log().await("Everything is ready.");
        }
        assertThat(Files.readString(log))
                .contains("\"zone\":\"a\"", "\"service.name\":\"sluice\"", "Shutdown complete.");
    }

    @Test
    void hangupWithABadConfigurationKeepsTheOneBeforeAndSaysWhy() throws Exception {
        String config = file(QUIET);
        try (InProcess process = InProcess.start(List.of("--config", config), Map.of())) {
            Files.writeString(Path.of(config), QUIET.replace("exporters: [nop]", "exporters: [nope]"));
            process.signal(OsSignal.HUP);
            assertThat(process.log().await("Failed to reload the configuration."))
                    .contains("config.yaml:7", "references exporter \"nope\" which is not configured");
            assertThat(process.log().lines()).noneMatch(line -> line.contains("Starting shutdown"));

            Files.writeString(Path.of(config), QUIET);
            process.signal(OsSignal.HUP);
            process.log().await("Everything is ready.");
        }
    }

    @Test
    void whatDoesNotStartAfterAHangupGivesWayToTheOneBefore() throws Exception {
        String config = file(QUIET);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                InProcess process = InProcess.start(List.of("--config", config), Map.of())) {
            String port = Integer.toString(taken.getLocalPort());
            Files.writeString(Path.of(config), QUIET.replace("port: 0", "port: " + port));
            process.signal(OsSignal.HUP);
            assertThat(process.log().await("Failed to reload the configuration."))
                    .contains("127.0.0.1:" + port);
            process.log().await("Everything is ready.");

            Files.writeString(
                    Path.of(config),
                    QUIET.replace(
                                    "exporters:\n  nop:",
                                    "exporters:\n  nop:\n  prometheus: {endpoint: \"127.0.0.1:" + port + "\"}")
                            .replace(
                                    "traces: {receivers: [nop], exporters: [nop]}",
                                    "metrics: {receivers: [nop], exporters: [prometheus]}"));
            process.signal(OsSignal.HUP);
            assertThat(process.log().await("Failed to reload the configuration."))
                    .contains("prometheus");
            assertThat(process.log().lines().getLast()).doesNotContain("Shutdown complete");
        }
    }

    @Test
    void whatDoesNotStartFailsTheRunAndLeavesNothingOpen() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String config = file(QUIET.replace("port: 0", "port: " + taken.getLocalPort()));
            try (InProcess process = InProcess.begin(List.of("--config", config), Map.of())) {
                assertThatThrownBy(process::join)
                        .isInstanceOf(CommandException.class)
                        .hasMessageContaining("binding address 127.0.0.1:" + taken.getLocalPort());
            }
        }
    }

    @Test
    void aLogThatCannotBeOpenedFailsTheRun() throws Exception {
        Path missing = folder.resolve("missing/own.log");
        String config = file(QUIET + "    logs: {output_paths: [\"" + missing + "\"]}\n");
        try (InProcess process = InProcess.begin(List.of("--config", config), Map.of())) {
            assertThatThrownBy(process::join)
                    .isInstanceOf(CommandException.class)
                    .hasMessage("open sink \"" + missing + "\": open " + missing + ": no such file or directory");
        }
    }

    @Test
    void aBadConfigurationFailsTheRunWithAllItsProblems() throws Exception {
        String config = file(
                QUIET.replace("receivers: [nop]", "receivers: [nope]").replace("exporters: [nop]", "exporters: [no]"));
        try (InProcess process = InProcess.begin(List.of("--config", config), Map.of())) {
            assertThatThrownBy(process::join)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("references receiver \"nope\" which is not configured")
                    .hasMessageContaining("references exporter \"no\" which is not configured");
        }
    }

    @Test
    void ownMetricsGoToTheConsoleWhereAskedFor() throws Exception {
        String config = file(QUIET.replace(
                "[{pull: {exporter: {prometheus: {host: 127.0.0.1, port: 0}}}}]",
                "[{periodic: {interval: 60000, exporter: {console: {}}}}]"));
        InProcess process = InProcess.start(List.of("--config", config), Map.of());
        process.close();
        assertThat(process.out()).startsWith("{\"resourceMetrics\":[").contains("otelcol_process_uptime");
    }

    @Test
    void theOwnLogGoesToTheConsoleWhereAskedFor() throws Exception {
        String config = file(QUIET + "    logs: {processors: [{simple: {exporter: {console: {}}}}]}\n");
        InProcess process = InProcess.start(List.of("--config", config), Map.of());
        process.close();
        assertThat(process.out())
                .contains("{\"resourceLogs\":[")
                .contains("\"body\":{\"stringValue\":\"Everything is ready. Begin running and processing data.\"}")
                .contains("{\"key\":\"NumCPU\",\"value\":{\"intValue\":");
    }

    /** By Loki4j to a receiver of our own, which may be in the same process. */
    @Test
    void theOwnLogGoesToLokiWhereAskedFor() throws Exception {
        int port = Loopback.freePort();
        Path received = folder.resolve("received.json");
        String config = file("""
                receivers:
                  loki: {protocols: {http: {endpoint: "127.0.0.1:PORT"}}}
                exporters:
                  file: {path: "FILE"}
                service:
                  pipelines:
                    logs: {receivers: [loki], exporters: [file]}
                  telemetry:
                    metrics: {level: none}
                    resource: {deployment.zone: north}
                    logs:
                      loki:
                        endpoint: http://127.0.0.1:PORT/loki/api/v1/push
                        schedule_delay: 10
                        labels: {app: gateway}
                """.replace("PORT", Integer.toString(port)).replace("FILE", received.toString()));
        try (InProcess process = InProcess.start(List.of("--config", config), Map.of())) {
            String found = "";
            while (!found.contains("Everything is ready.")) {
                Thread.sleep(20);
                found = Files.exists(received) ? Files.readString(received) : "";
            }
            assertThat(found)
                    .contains("{\"stringValue\":\"Starting sluice...\"}")
                    .contains("{\"key\":\"app\",\"value\":{\"stringValue\":\"gateway\"}}")
                    .contains("{\"key\":\"level\",\"value\":{\"stringValue\":\"info\"}}")
                    .contains("{\"key\":\"service_name\",\"value\":{\"stringValue\":\"sluice\"}}")
                    .contains("{\"key\":\"deployment_zone\",\"value\":{\"stringValue\":\"north\"}}")
                    .contains("{\"key\":\"NumCPU\"");
        }
    }

    @Test
    void aCertificateOfLokiThatCannotBeReadFailsTheRun() throws Exception {
        String config =
                file(QUIET + "    logs: {loki: {endpoint: \"https://loki:3100/\", certificate: missing.pem}}\n");
        try (InProcess process = InProcess.begin(List.of("--config", config), Map.of())) {
            assertThatThrownBy(process::join)
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining(
                            "service::telemetry::logs::loki: open missing.pem: no such file or directory");
        }
    }

    @Test
    void signalsOfTheOperatingSystemReachTheProcess() throws Exception {
        try (InProcess process = InProcess.start(List.of("--config", file(QUIET)), Map.of())) {
            process.handleSignals();
            kill("HUP");
            process.log().await("Config updated, restart service");
            process.log().await("Everything is ready.");
            kill("TERM");
            process.join();
            assertThat(process.log().lines())
                    .contains("INFO Received signal from OS [signal=\"hangup\"]")
                    .contains("INFO Received signal from OS [signal=\"terminated\"]");
        }
    }

    private static void kill(String signal) throws Exception {
        String self = Long.toString(ProcessHandle.current().pid());
        assertThat(new ProcessBuilder("kill", "-" + signal, self).start().waitFor())
                .isZero();
    }

    private String file(String text) throws Exception {
        return Files.writeString(folder.resolve("config.yaml"), text).toString();
    }
}
