package dev.sluice.exporters;

import dev.sluice.testkit.FactoryContract;
import dev.sluice.testkit.FactoryContract.Case;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class FactoryContractTest {
    @TempDir
    private static Path directory;

    @TestFactory
    Stream<DynamicTest> everyFactoryKeepsTheContract() {
        return FactoryContract.of(
                Case.of("exporter/file")
                        .incomplete("path: path must be non-empty")
                        .with("path", directory.resolve("out.json").toString()),
                Case.of("exporter/grafana")
                        .incomplete("endpoint: requires a non-empty \"endpoint\", or \"dashboards::directory\"")
                        .with("endpoint", "http://127.0.0.1:1"),
                Case.of("exporter/loki")
                        .incomplete("endpoint: \"endpoint\" must be a valid URL")
                        .with("endpoint", "http://127.0.0.1:1"),
                Case.of("exporter/otlp_grpc")
                        .incomplete("endpoint: requires a non-empty \"endpoint\"")
                        .with("endpoint", "http://127.0.0.1:1"),
                Case.of("exporter/otlp_http")
                        .incomplete("at least one endpoint must be specified")
                        .with("endpoint", "http://127.0.0.1:1"),
                Case.of("exporter/prometheus")
                        .incomplete("endpoint: expecting a non-blank address to run the Prometheus metrics handler")
                        .with("endpoint", "127.0.0.1:0"),
                Case.of("exporter/prometheus_remote_write")
                        .incomplete("endpoint: invalid endpoint")
                        .with("endpoint", "http://127.0.0.1:1"),
                Case.of("exporter/webhook")
                        .incomplete("endpoint: requires a non-empty \"endpoint\"")
                        .with("endpoint", "http://127.0.0.1:1"));
    }
}
