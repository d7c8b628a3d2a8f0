package dev.sluice.cli.demo;

import dev.sluice.cli.run.CommandException;
import dev.sluice.cli.run.Companion;
import dev.sluice.cli.run.RunArguments;
import dev.sluice.cli.run.ServiceProcess;
import dev.sluice.gotext.GoFileError;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The demo's configuration at work, with traffic to it. */
public final class Demo implements Companion {
    private static final String FOLDER = "SLUICE_DEMO_FOLDER";

    private final Map<String, String> environment;
    private final PrintStream out;
    private @Nullable Traffic traffic;

    /** {@code environment} may move the folder and the ports: see {@code config-examples/demo.yaml}. */
    public Demo(Map<String, String> environment, PrintStream out) {
        this.environment = new HashMap<>(environment);
        this.out = out;
    }

    /** Makes the folder that it writes to: a new one, which nobody else can be in the way of, unless one is given. */
    public ServiceProcess process() throws CommandException {
        try {
            if (environment.containsKey(FOLDER)) {
                Files.createDirectories(Path.of(folder()));
            } else {
                environment.put(
                        FOLDER, Files.createTempDirectory("sluice-demo-").toString());
            }
        } catch (IOException e) {
            throw new CommandException("the demo's folder cannot be made: " + GoFileError.reason(e), e);
        }
        RunArguments arguments = RunArguments.parse(List.of("--config", "yaml:" + config()));
        return new ServiceProcess(arguments, environment, out, this);
    }

    @Override
    public void started() {
        long calm = Long.parseLong(at("SLOW_AFTER", "30"));
        traffic = Traffic.to(http(), calm);
        out.printf(
                """

                Sluice is running with an API gateway, made up, that sends it traces, metrics and logs by OTLP.

                  request metrics        curl -s %1$s/metrics | grep http_server_request_duration_seconds
                  this JVM's metrics     curl -s %1$s/metrics | grep jvm_memory_used_bytes
                  Sluice's own metrics   curl -s %2$s/metrics | grep otelcol_
                  traces, logs, metrics  tail -f %3$s/*.json
                  rates and status       http://%6$s/debug/pipelinez in a browser
                  your own data          OTLP to %4$s (gRPC) or %5$s (HTTP)
                  alerts                 curl -s %1$s/metrics | grep ALERTS, or http://%6$s/debug/slo in a browser
                  this configuration     config-examples/demo.yaml (unpacked tarball: conf/demo.yaml)

                After %7$s seconds the gateway gets slow, for three minutes. Two Prometheus rules see it, and the log below tells when they are
                pending, fire and are resolved, and when samplers keep every trace of the slow paths: HighLatencyQuick soon,
                HighLatencyAPI after the two minutes of its "for", and for as long as its window of five minutes remembers.

                Ctrl-C ends it.

                """,
                at("PROMETHEUS", "localhost:8889"),
                "localhost:" + at("OWN_PORT", "8888"),
                folder(),
                at("OTLP_GRPC", "localhost:4317"),
                http(),
                at("PAGES", "localhost:55679"),
                calm);
        out.flush();
    }

    @Override
    public void stopping() {
        if (traffic != null) {
            traffic.close();
            traffic = null;
        }
    }

    /** The text of {@code config-examples/demo.yaml}. */
    static String config() {
        try (InputStream text = Demo.class.getResourceAsStream("demo.yaml")) {
            if (text == null) {
                throw new IllegalStateException("the build left out the resource \"demo.yaml\"");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String http() {
        return at("OTLP_HTTP", "localhost:4318");
    }

    /** Where its files are; empty before there is a process. */
    String folder() {
        return environment.getOrDefault(FOLDER, "");
    }

    private String at(String what, String otherwise) {
        return environment.getOrDefault("SLUICE_DEMO_" + what, otherwise);
    }
}
