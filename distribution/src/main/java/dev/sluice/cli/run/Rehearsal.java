package dev.sluice.cli.run;

import dev.sluice.engine.config.ConfigException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;

/**
 * A short run that shows the JVM which classes a run loads, for its start-up cache: own metrics go out by OTLP over HTTP and gRPC and come in
 * again by our own receiver, through a pipeline of the most usual parts. Loopback only, on ports that the system chooses.
 */
final class Rehearsal {
    private static final long MILLIS = 2500;

    private Rehearsal() {}

    public static void main(String[] arguments) throws InterruptedException, CommandException, ConfigException {
        PrintStream nowhere =
                new PrintStream(OutputStream.nullOutputStream(), true, java.nio.charset.StandardCharsets.UTF_8);
        ServiceProcess process = new ServiceProcess(arguments(), Map.of(), nowhere);
        process.handleSignals();
        Thread end = new Thread(() -> {
            try {
                Thread.sleep(MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            process.signal(OsSignal.TERM);
        });
        end.start();
        process.run();
        end.join();
    }

    static RunArguments arguments() throws CommandException {
        String config = """
            receivers:
              otlp:
                protocols:
                  grpc: {endpoint: 127.0.0.1:%1$d}
                  http: {endpoint: 127.0.0.1:%2$d}
              jvm:
            processors:
              memory_limiter: {check_interval: 1s, limit_percentage: 80, spike_limit_percentage: 20}
              batch: {timeout: 200ms}
            exporters:
              debug:
              prometheus: {endpoint: 127.0.0.1:0}
              otlp_grpc/again: {endpoint: 127.0.0.1:%1$d, tls: {insecure: true}}
              otlp_http/again: {endpoint: http://127.0.0.1:%2$d}
            service:
              pipelines:
                metrics/out: {receivers: [jvm], processors: [batch], exporters: [otlp_grpc/again, otlp_http/again]}
                metrics/in: {receivers: [otlp], processors: [memory_limiter, batch], exporters: [debug, prometheus]}
                traces: {receivers: [otlp], processors: [memory_limiter, batch], exporters: [debug]}
                logs: {receivers: [otlp], processors: [memory_limiter, batch], exporters: [debug]}
              telemetry:
                metrics: {readers: [{pull: {exporter: {prometheus: {host: 127.0.0.1, port: 0}}}}]}
            """.formatted(freePort(), freePort());
        return RunArguments.parse(List.of("--config", "yaml:" + config, "--drain-timeout", "5s"));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
