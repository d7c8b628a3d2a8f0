package dev.sluice.cli.command;

import dev.sluice.cli.run.CommandException;
import dev.sluice.cli.run.OsSignal;
import dev.sluice.cli.run.RunArguments;
import dev.sluice.cli.run.ServiceProcess;
import dev.sluice.engine.config.ConfigException;
import dev.sluice.gotext.GoDuration;
import dev.sluice.gotext.GoFileError;
import dev.sluice.slo.lint.Capture;
import dev.sluice.slo.series.SeriesConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is sent by OTLP to an address while it is listened there: for so long a service runs whose only exporter writes a capture.
 *
 * @param protocol the receiver's name of it
 */
record LiveTelemetry(String protocol, String endpoint, Duration time) {
    private static final Pattern ADDRESS = Pattern.compile("otlp(\\+http)?://([\\w.:\\[\\]-]+:\\d+)/?");

    /** Whether that means an address, not a file. */
    static boolean names(String telemetry) {
        return telemetry.startsWith("otlp") && telemetry.contains("://");
    }

    static LiveTelemetry at(String address, String time) throws CommandException {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw new CommandException("invalid argument \"" + address
                    + "\" for \"--telemetry\" flag: must be a file, otlp://HOST:PORT or otlp+http://HOST:PORT");
        }
        Duration duration;
        try {
            duration = GoDuration.parse(time);
        } catch (IllegalArgumentException e) {
            duration = Duration.ZERO;
        }
        if (!duration.isPositive()) {
            throw new CommandException(
                    "invalid argument \"" + time + "\" for \"--for\" flag: must be a positive duration such as 2m30s");
        }
        return new LiveTelemetry(parts.group(1) == null ? "grpc" : "http", parts.group(2), duration);
    }

    /** Listens and then reads what has come. Blocks; takes over the signals of the operating system. */
    Capture capture(SeriesConfig series, PrintWriter out) throws CommandException, ConfigException {
        try {
            Path folder = Files.createTempDirectory("sluice-capture");
            Path file = folder.resolve("telemetry.json");
            try {
                out.printf("Listening on %s for %s%n", endpoint, GoDuration.format(time));
                out.flush();
                listen(file);
                if (!Files.exists(file) || Files.size(file) == 0) {
                    throw new CommandException(
                            "nothing has come to " + endpoint + " within " + GoDuration.format(time));
                }
                return Capture.read(file, series);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new CommandException("what has come to " + endpoint + ": " + GoFileError.reason(e), e);
        }
    }

    private void listen(Path file) throws CommandException, ConfigException {
        RunArguments arguments = RunArguments.parse(List.of("--config", config()));
        ServiceProcess process = new ServiceProcess(arguments, Map.of("CAPTURE", file.toString()), System.out);
        process.handleSignals();
        CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> process.signal(OsSignal.TERM));
        process.run();
    }

    private String config() {
        return """
            yaml:
            receivers:
              otlp: {protocols: {%s: {endpoint: "%s"}}}
            exporters:
              file: {path: "${env:CAPTURE}"}
            service:
              telemetry: {metrics: {level: none}, logs: {level: warn}}
              pipelines:
                metrics: {receivers: [otlp], exporters: [file]}
                traces: {receivers: [otlp], exporters: [file]}
                logs: {receivers: [otlp], exporters: [file]}
            """.formatted(protocol, endpoint);
    }
}
