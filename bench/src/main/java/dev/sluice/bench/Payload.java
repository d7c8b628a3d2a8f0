package dev.sluice.bench;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A request of 100 spans, data points or log records of five resources, as {@code bench/tools/cmd/payloads} writes it. */
@State(Scope.Benchmark)
public class Payload {
    static final int ITEMS = 100;

    @Param
    Signal signal = Signal.TRACES;

    Bytes bytes = Bytes.EMPTY;

    @Setup
    public void read() {
        bytes = of(signal);
    }

    static Bytes of(Signal signal) {
        Path folder = Path.of(System.getProperty("sluice.bench.payloads", "bench/target/payloads"));
        try {
            return Bytes.of(Files.readAllBytes(folder.resolve(signal.key() + ".pb")));
        } catch (IOException e) {
            throw new UncheckedIOException("bench/jmh makes the payloads", e);
        }
    }
}
