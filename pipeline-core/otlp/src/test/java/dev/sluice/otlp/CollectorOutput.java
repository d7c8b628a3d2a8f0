package dev.sluice.otlp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A request and what the Go Collector 0.158 made of it: {@code name.json} by the file exporter, {@code name.detailed.txt} and
 * {@code name.normal.txt} by the debug exporter with {@code use_internal_logger: false}, without its headline and the empty line.
 */
public record CollectorOutput(String name) {
    public static List<CollectorOutput> all() {
        return List.of(
                new CollectorOutput("traces-0"),
                new CollectorOutput("traces-1"),
                new CollectorOutput("metrics-0"),
                new CollectorOutput("metrics-1"),
                new CollectorOutput("metrics-2"),
                new CollectorOutput("logs-0"),
                new CollectorOutput("logs-1"));
    }

    public Signal signal() {
        return Signal.valueOf(name.substring(0, name.indexOf('-')).toUpperCase(Locale.ROOT));
    }

    public Bytes request() {
        return Bytes.of(read("pb"));
    }

    public String text(String suffix) {
        return new String(read(suffix), StandardCharsets.UTF_8);
    }

    private byte[] read(String suffix) {
        String path = "/collector/" + name + "." + suffix;
        try (InputStream in = CollectorOutput.class.getResourceAsStream(path)) {
            return Objects.requireNonNull(in, path).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
